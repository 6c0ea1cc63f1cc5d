using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Certificates;

/// <summary>A pair that was asked again in the examination, with every verdict in each order; null is an answer without a verdict. What runs ask about again to see drift.</summary>
internal sealed record FrozenPair(LabelledPair Pair, IReadOnlyList<Preference?> Ahead, IReadOnlyList<Preference?> Behind)
{
    public static FrozenPair Of(ExaminedPair examined) => new(examined.Pair, Answered(examined.Ahead), Answered(examined.Behind));

    /// <summary>Without the calls that failed: an endpoint's faults are not the judge's.</summary>
    private static IReadOnlyList<Preference?> Answered(IReadOnlyList<JudgeVerdict> verdicts) => [.. verdicts.Where(verdict => !FailedCalls.Is(verdict)).Select(verdict => verdict.Preferred)];
}
