namespace AlignOps.Statistics.Intervals;

/// <summary>Two bounds of a number.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    public bool Contains(double value) => value >= Lower && value <= Upper;

    public Interval Map(Func<double, double> growing) => new(growing(Lower), growing(Upper));
}
