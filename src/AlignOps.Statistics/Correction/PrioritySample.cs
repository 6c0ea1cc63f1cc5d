namespace AlignOps.Statistics.Correction;

/// <summary>
/// A sample that prefers what weighs more and may stop anywhere: each item's priority is its weight over a uniform draw, and items are taken from the highest down (Duffield, Lund and
/// Thorup, "Priority sampling for estimation of arbitrary subset sums", 2007). However many are taken, an item's chance of being among them is known: min(1, weight / τ) with τ the
/// highest priority that was not taken, and sums weighted by its inverse are right on average.
/// </summary>
public static class PrioritySample
{
    /// <param name="weight">Above 0.</param>
    /// <param name="uniform">In (0, 1], the same for the same item and seed.</param>
    public static double Priority(double weight, double uniform) => weight / uniform;

    /// <param name="threshold">τ; 0 where all were taken.</param>
    public static double Inclusion(double weight, double threshold) => threshold <= 0 ? 1 : Math.Min(1, weight / threshold);
}
