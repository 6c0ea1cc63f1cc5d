using AlignOps.Contracts.Evidence;

namespace AlignOps.Evaluation.People.Queue;

/// <summary>How little a judge's outcome tells, in [0, 1].</summary>
internal static class Uncertainty
{
    /// <summary>What even the surest pair weighs beside the most uncertain one: people look at some of these too, or nobody would learn that a judge is sure and wrong.</summary>
    private const double Floor = 0.25;

    /// <summary>1 where the two orders contradict each other or there is no outcome; otherwise 4·x·(1 − x), which is 1 at an even outcome and 0 at a clear one.</summary>
    public static double Of(EvidenceComparison comparison) =>
        comparison is { Consistent: true, Outcome: { } outcome } ? 4 * outcome * (1 - outcome) : 1;

    public static double Weight(double uncertainty) => Floor + (1 - Floor) * uncertainty;
}
