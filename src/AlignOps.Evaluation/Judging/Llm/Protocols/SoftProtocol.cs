using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>
/// AlpacaEval's weighted preference: the verdict is one token, m or M, and the share of the first answer is P(m) / (P(m) + P(M)) among the five likeliest tokens. One call of one token
/// an order; where neither letter is likely there is no verdict.
/// </summary>
internal sealed class SoftProtocol(string rubric) : IProtocol
{
    private const int TopTokens = 5;

    internal const string System = $"""
        You compare two answers, m and M, to the same conversation, and say which is better by the rubric of the user's message.

        {CasePaper.Notice}

        Judge the answers alone. Their order and their names mean nothing, and longer is not better.
        Say one letter and nothing else: m if answer m is better, M if answer M is better.
        """;

    private const string After = "Which answer is better by the rubric, m or M? One letter:";

    public object Identity => new { protocol = "soft 1", System, After, rubric, TopTokens, parser = TokenShares.Version };

    public async Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var paper = new CasePaper(interview.Digest, item).Answer("ANSWER m", first).Answer("ANSWER M", second);
        var (found, call) = await interview.AskShortlyAsync("pair", paper.Turns(System, CasePaper.Before(rubric, reference: false), After), 1, TopTokens, Share, cancellationToken);
        return (found.Unscored is { } reason ? JudgeVerdict.Unscored(reason) : JudgeVerdict.Of(found.Value)) with { Calls = [call] };
    }

    internal static Found<double> Share(ChatAnswer answer) => answer.Tokens is not { Count: > 0 } tokens
        ? Found<double>.None(UnscoredReasons.NoLogProbabilities)
        : TokenShares.Read(tokens[0], letter => letter switch { "m" => Preference.First, "M" => Preference.Second, _ => (Preference?)null })
            .As(shares => Math.Clamp(shares.GetValueOrDefault(Preference.First), 0, 1));
}
