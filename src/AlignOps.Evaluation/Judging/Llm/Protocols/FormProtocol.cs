using System.Globalization;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>
/// G-Eval's form: the criterion, the steps, and a score to fill in. The score is Σ s·p(s) / Σ p(s) over the scores among the likeliest tokens, or the mean of draws where an
/// endpoint has no log-probabilities; a draw that cannot be read is no zero.
/// </summary>
internal sealed class FormProtocol(string criterion, bool reference, JudgeFormSection form, double tieWithin) : ScoringProtocol(tieWithin)
{
    private const int TopTokens = 20, MostTokens = 8;

    internal const string System = $"""
        You fill in a form about an answer to a conversation.

        {CasePaper.Notice}

        Go through the steps in your mind. Then fill in the score: the number alone, with nothing before or after it.
        """;

    private string Before => $"Criterion: {criterion.Trim()}{(reference ? "\n\n" + CasePaper.ReferenceNotice : "")}\n\nSteps:\n"
        + string.Join('\n', form.Steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {step.Trim()}")));

    private string After => string.Create(CultureInfo.InvariantCulture, $"Form, the score only\nScore ({form.Lowest} to {form.Highest}):");

    public override object Identity => new
    {
        protocol = "form 1", System, Before, After, form.Samples, TopTokens, MostTokens, tieWithin = TieWithin,
        parser = form.Samples == 0 ? TokenShares.Version : "a whole number and nothing else, mean of draws, 1",
    };

    public override (double Lowest, double Highest) Scale => (form.Lowest, form.Highest);

    public override async Task<AnswerScore> ScoreAsync(Interview interview, SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken)
    {
        var right = reference ? References.Of(item) : null;
        if (reference && right is null) return AnswerScore.Unscored(UnscoredReasons.ReferenceMissing);

        var turns = new CasePaper(interview.Digest, item).Reference(right).Answer("ANSWER", answer).Turns(System, Before, After);
        if (form.Samples > 0) return await DrawnAsync(interview, turns, cancellationToken);

        var (found, call) = await interview.AskShortlyAsync("form", turns, MostTokens, TopTokens, Weighted, cancellationToken);
        return new AnswerScore(found.Unscored is null ? found.Value : null, found.Unscored) { Calls = [call] };
    }

    internal Found<double> Weighted(ChatAnswer answer)
    {
        if (answer.Tokens is not { Count: > 0 } tokens) return Found<double>.None(UnscoredReasons.NoLogProbabilities);

        // Some tokenizers give the space before a number a token of its own.
        if (Number(answer.Text) is not { Unscored: null } written || tokens.FirstOrDefault(token => token.Text.Trim() == answer.Text.Trim()) is not { } place) return Found<double>.None(Number(answer.Text).Unscored ?? UnscoredReasons.NotOffered);
        return TokenShares.Read(place, Score).As(shares => shares.Sum(share => share.Key * share.Value));
    }

    private async Task<AnswerScore> DrawnAsync(Interview interview, IReadOnlyList<ChatTurn> turns, CancellationToken cancellationToken)
    {
        List<double> scores = [];
        List<JudgeCall> calls = [];
        for (var sample = 1; sample <= form.Samples; sample++)
        {
            var about = string.Create(CultureInfo.InvariantCulture, $"sample {sample}");
            var (found, call) = await interview.AskShortlyAsync(about, turns, MostTokens, null, answer => Number(answer.Text), cancellationToken, seed: sample);
            calls.Add(call);
            if (found.Unscored is null) scores.Add(found.Value);
        }

        return new AnswerScore(2 * scores.Count > form.Samples ? scores.Average() : null, Missing(calls, scores.Count, form.Samples)) { Calls = calls };
    }

    /// <summary>One reason where all that is missing is missing for it, so that an endpoint that is down is not told as an indistinct judge.</summary>
    internal static string? Missing(IReadOnlyList<JudgeCall> calls, int read, int samples) => 2 * read > samples
        ? null
        : calls.Where(call => call.Unscored is not null).Select(call => call.Unscored!).Distinct().ToList() is [var one] ? one : UnscoredReasons.TooFewSamples;

    private Found<double> Number(string text) => Score(text.Trim()) is { } score ? new(score, null) : Found<double>.None(int.TryParse(text.Trim(), out _) ? UnscoredReasons.NotOffered : UnscoredReasons.NoVerdict);

    private int? Score(string token) => token is [>= '0' and <= '9' and var digit] && digit - '0' is var score && score >= form.Lowest && score <= form.Highest ? score : null;
}
