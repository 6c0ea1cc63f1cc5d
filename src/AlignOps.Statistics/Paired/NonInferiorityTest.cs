namespace AlignOps.Statistics.Paired;

/// <summary>One look at a fixed number of items: is the candidate worse by less than a margin? Not proven is not "worse".</summary>
/// <param name="Lower">One-sided lower bound of the mean at 1 − α; non-inferior where it lies above <paramref name="Bound"/>.</param>
/// <param name="Bound">The mean of equals less the margin.</param>
public sealed record NonInferiorityTest(ClusteredMean Mean, double Bound, double Lower, double PValue, bool Proven)
{
    /// <param name="values">Outcomes in [0, 1] with 1/2 for equals, or differences with 0 for equals.</param>
    /// <param name="equal">The mean of equals.</param>
    public static NonInferiorityTest Of(IReadOnlyList<double> values, double equal, double margin, double alpha, IReadOnlyList<int>? clusters = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        var mean = ClusteredMean.Of(values, clusters);
        var p = mean.PValueAbove(equal - margin);
        return new NonInferiorityTest(mean, equal - margin, mean.Interval(1 - 2 * alpha).Lower, p, p < alpha);
    }
}
