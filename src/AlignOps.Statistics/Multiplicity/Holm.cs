namespace AlignOps.Statistics.Multiplicity;

/// <summary>Holm's step-down procedure: p₍ᵢ₎ ≤ α/(m − i + 1) from the smallest on, until the first that is not. Any false refusal has probability at most α.</summary>
public static class Holm
{
    public static IReadOnlyList<bool> Reject(IReadOnlyList<double> pValues, double alpha)
    {
        var result = new bool[pValues.Count];
        var left = pValues.Count;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            if (pValues[i] > alpha / left--) break;
            result[i] = true;
        }

        return result;
    }

    /// <summary>The smallest level at which each would be refused: max over j ≤ k of (m − j + 1)·p₍ⱼ₎, at most 1.</summary>
    public static IReadOnlyList<double> Adjusted(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var left = pValues.Count;
        var largest = 0.0;
        foreach (var i in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            largest = Math.Max(largest, Math.Min(1, pValues[i] * left--));
            adjusted[i] = largest;
        }

        return adjusted;
    }
}
