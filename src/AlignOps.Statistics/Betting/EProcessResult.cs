namespace AlignOps.Statistics.Betting;

/// <summary>An e-process after its last value.</summary>
/// <param name="LogValue">ln K at the end: an e-value, which multiplies with those of other, independent data.</param>
/// <param name="LogMaximum">The largest ln K on the way, at least 0.</param>
/// <param name="FirstCrossing">The number of values after which K first reached 1/α; null where it never did.</param>
public sealed record EProcessResult(double Mean, double LogValue, double LogMaximum, int Count, int? FirstCrossing)
{
    /// <summary>The null hypothesis is refused at the level of the test.</summary>
    public bool Proven => FirstCrossing is not null;

    /// <summary>A p-value that is valid however often one looked: min(1, 1/max K).</summary>
    public double AnytimePValue => Math.Exp(-LogMaximum);
}
