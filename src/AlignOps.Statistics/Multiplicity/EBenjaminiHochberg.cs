namespace AlignOps.Statistics.Multiplicity;

/// <summary>
/// The e-BH procedure (Wang and Ramdas, 2022): of m e-values, refuse the k* largest, k* = max{k : e₍ₖ₎ ≥ m/(k·q)}. Holds the false discovery rate at q under any dependence
/// and any stopping, so slices may overlap and every one may stop when it likes.
/// </summary>
public static class EBenjaminiHochberg
{
    /// <param name="logEValues">ln e of each hypothesis.</param>
    /// <returns>For each hypothesis, in the order given, whether it is refused.</returns>
    public static IReadOnlyList<bool> Reject(IReadOnlyList<double> logEValues, double level)
    {
        var order = Enumerable.Range(0, logEValues.Count).OrderByDescending(i => logEValues[i]).ToArray();
        var refused = 0;
        for (var k = 1; k <= order.Length; k++)
        {
            if (logEValues[order[k - 1]] >= LogBound(logEValues.Count, k, level)) refused = k;
        }

        var result = new bool[logEValues.Count];
        foreach (var i in order.Take(refused)) result[i] = true;
        return result;
    }

    /// <summary>ln of m/(k·q): what the k-th largest of m must reach.</summary>
    public static double LogBound(int count, int rank, double level) => Math.Log(count / (rank * level));
}
