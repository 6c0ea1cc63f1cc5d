namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>One order of a pair: the verdict by places with what it is made of, and all that was said for it, word for word.</summary>
internal sealed record JudgedOrder(
    string? Verdict, double? Share, string? Unscored, double? FirstScore, double? SecondScore, IReadOnlyList<VerdictPart>? Parts, IReadOnlyList<JudgeCall> Calls)
{
    public static JudgedOrder Of(JudgeVerdict verdict) => new(
        verdict.Preferred?.ToString(), verdict.Share, verdict.UnscoredReason, verdict.Scores?.First, verdict.Scores?.Second, verdict.Parts.Count == 0 ? null : verdict.Parts, verdict.Calls);
}
