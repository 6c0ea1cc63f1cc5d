namespace AlignOps.Statistics.Multiplicity;

/// <summary>
/// Benjamini and Hochberg's step-up procedure (1995): of m p-values refuse the k* smallest, k* = max{k : p₍ₖ₎ ≤ k·q/m}. Holds the false discovery rate at q for independent
/// or positively dependent tests; where slices overlap at will, or one looks again and again, <see cref="EBenjaminiHochberg"/> holds it.
/// </summary>
public static class BenjaminiHochberg
{
    public static IReadOnlyList<bool> Reject(IReadOnlyList<double> pValues, double level) => [.. Adjusted(pValues).Select(p => p <= level)];

    /// <summary>The smallest level at which each would be refused: min over j ≥ k of m·p₍ⱼ₎/j, at most 1.</summary>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var smallest = 1.0;
        var rank = pValues.Count;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderByDescending(i => pValues[i]))
        {
            smallest = Math.Min(smallest, pValues[i] * pValues.Count / rank--);
            adjusted[i] = smallest;
        }

        return adjusted;
    }
}
