namespace AlignOps.Statistics.Intervals;

/// <summary>A number estimated from data, with its standard error and an interval of the confidence asked for.</summary>
public sealed record Estimate(double Value, double StandardError, double Lower, double Upper)
{
    public Interval Interval => new(Lower, Upper);
}
