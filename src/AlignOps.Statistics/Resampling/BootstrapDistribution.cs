using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.Resampling;

/// <summary>A statistic over resampled data.</summary>
public sealed class BootstrapDistribution
{
    private readonly double[] _sorted;

    /// <param name="estimate">The statistic of the data as they are.</param>
    /// <param name="draws">The statistic of each resample; where it is undefined (NaN) the draw is left out and counted.</param>
    /// <param name="acceleration">BCa's acceleration, from a jackknife; 0 where none was made, which leaves the bias correction alone.</param>
    public BootstrapDistribution(double estimate, ReadOnlySpan<double> draws, double acceleration = 0)
    {
        Estimate = estimate;
        Acceleration = acceleration;
        _sorted = draws.ToArray();
        Array.Sort(_sorted);

        // NaN sorts first.
        var undefined = 0;
        while (undefined < _sorted.Length && double.IsNaN(_sorted[undefined])) undefined++;
        Undefined = undefined;
        if (undefined > 0) _sorted = _sorted[undefined..];
    }

    public double Estimate { get; }

    public double Acceleration { get; }

    /// <summary>Draws in which the statistic does not exist.</summary>
    public int Undefined { get; }

    public IReadOnlyList<double> Sorted => _sorted;

    public double StandardError
    {
        get
        {
            if (_sorted.Length < 2) return 0;
            var mean = _sorted.Average();
            return Math.Sqrt(_sorted.Sum(x => (x - mean) * (x - mean)) / (_sorted.Length - 1));
        }
    }

    /// <summary>The value below which this share of the draws lies, between neighbours on a line; NaN without draws.</summary>
    public double Quantile(double share)
    {
        if (_sorted.Length == 0) return double.NaN;
        var place = Math.Clamp(share, 0, 1) * (_sorted.Length - 1);
        var below = (int)place;
        return below + 1 < _sorted.Length ? _sorted[below] + (place - below) * (_sorted[below + 1] - _sorted[below]) : _sorted[^1];
    }

    /// <summary>The middle share of the draws.</summary>
    public Interval Percentile(double confidence = 0.95) => new(Quantile((1 - confidence) / 2), Quantile((1 + confidence) / 2));

    /// <summary>
    /// Bias-corrected and accelerated (Efron, "Better bootstrap confidence intervals", 1987): the shares are moved by how far the estimate lies from the draws' median and by how the
    /// spread changes with the value. Where all draws lie on one side of the estimate there is no correction to be had, and it is the percentile interval.
    /// </summary>
    public Interval Bca(double confidence = 0.95)
    {
        int below = 0, equal = 0;
        foreach (var draw in _sorted)
        {
            if (draw < Estimate) below++;
            else if (draw == Estimate) equal++;
        }

        var share = (below + 0.5 * equal) / _sorted.Length;
        if (!(share > 0 && share < 1)) return Percentile(confidence);

        var bias = NormalDistribution.Quantile(share);
        return new Interval(Quantile(Moved((1 - confidence) / 2)), Quantile(Moved((1 + confidence) / 2)));

        double Moved(double at)
        {
            var z = bias + NormalDistribution.Quantile(at);
            return NormalDistribution.Cumulative(bias + z / (1 - Acceleration * z));
        }
    }
}
