using AlignOps.Evaluation.Judging.Llm.Prompts;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>One verdict on two answers: A, B or a tie.</summary>
internal sealed class PairwiseProtocol(string rubric, bool reference) : IProtocol
{
    internal const string System = $"""
        You compare two answers, A and B, to the same conversation, and say which is better by the rubric of the user's message.

        {CasePaper.Notice}

        Where an answer has several turns, judge what it answers last, in the light of what was said before.
        Judge the answers alone. Their order and their names mean nothing, and longer is not better.
        Give your reasons in a few sentences. Then write the verdict alone on the last line: [[A]] if A is better, [[B]] if B is better, [[TIE]] if neither is.
        Write double square brackets there and nowhere else, and quote none.
        """;

    private const string After = "Which answer is better by the rubric? Reasons first, then the verdict alone on the last line.";

    public object Identity => new { protocol = "pairwise 2", System, After, rubric, reference = reference ? CasePaper.ReferenceNotice : null, parser = BracketReader.Version };

    public async Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken)
    {
        var right = reference ? References.Of(item) : null;
        if (reference && right is null) return JudgeVerdict.Unscored(UnscoredReasons.ReferenceMissing);

        var paper = new CasePaper(interview.Digest, item).Reference(right).Answer("ANSWER A", first).Answer("ANSWER B", second);
        var (found, call) = await interview.AskAsync("pair", paper.Turns(System, CasePaper.Before(rubric, reference), After), VerdictParser.Preferred, cancellationToken);
        return (found.Unscored is { } reason ? JudgeVerdict.Unscored(reason) : JudgeVerdict.Of(found.Value)) with { Calls = [call] };
    }
}
