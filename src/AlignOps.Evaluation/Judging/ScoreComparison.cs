using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>Compares two answers by scores that each was given by itself.</summary>
internal static class ScoreComparison
{
    /// <param name="tieWithin">Scores no further apart are a tie.</param>
    public static async Task<JudgeVerdict> CompareAsync(IAnswerScorer scorer, double tieWithin, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) =>
        Compare(await scorer.ScoreAsync(item, first, cancellationToken), await scorer.ScoreAsync(item, second, cancellationToken), tieWithin);

    /// <summary>Where scores have parts, by the parts that both have: a mean over other skills is a mean of something else.</summary>
    public static JudgeVerdict Compare(AnswerScore first, AnswerScore second, double tieWithin)
    {
        IReadOnlyList<JudgeCall> calls = [.. first.Calls.Select(call => Of("first", call)), .. second.Calls.Select(call => Of("second", call))];
        if ((first.Value, second.Value) is not ({ } one, { } other)) return JudgeVerdict.Unscored((first.UnscoredReason ?? second.UnscoredReason)!) with { Calls = calls };
        if (first.Parts.Count == 0) return JudgeVerdict.Of(new ScoredPair(one, other, tieWithin)) with { Calls = calls };

        var parts = first.Parts.Zip(second.Parts, (a, b) => new VerdictPart(
            a.Name, a.Value is { } x && b.Value is { } y ? PairedOutcome.Of(new ScoredPair(x, y, tieWithin)) : null, a.Value, b.Value, a.Value is null || b.Value is null ? UnscoredReasons.NotApplicable : null)).ToList();
        var both = parts.Where(part => part.Share is not null).ToList();
        var verdict = both.Count == 0
            ? JudgeVerdict.Unscored(UnscoredReasons.NotApplicable)
            : JudgeVerdict.Of(new ScoredPair(both.Average(part => part.First!.Value), both.Average(part => part.Second!.Value), tieWithin));
        return verdict with { Parts = parts, Calls = calls };
    }

    private static JudgeCall Of(string place, JudgeCall call) => call with { About = $"{place}: {call.About}" };
}
