using System.Globalization;
using System.Text.RegularExpressions;
using AlignOps.WebConsole.Charts;

namespace AlignOps.Tests.WebConsole;

public sealed partial class ChartTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.4123, 0.4127)]
    [InlineData(-3, 17)]
    [InlineData(0, 100_000)]
    [InlineData(1e-6, 3e-6)]
    public void Linear_AnyRange_IsAFewRoundSteadyLinesThatTakeItIn(double low, double high)
    {
        var ticks = Tick.Linear(low, high);

        Assert.InRange(ticks.Count, 2, 8);
        Assert.True(ticks[0].Value <= low + 1e-9 && ticks[^1].Value >= high - 1e-9);
        var step = ticks[1].Value - ticks[0].Value;
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(step, pair.Second.Value - pair.First.Value, 9));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(-30, 45)]
    public void Powers_AnyRange_TakeItInAndReadAsNumbers(double low, double high)
    {
        var ticks = Tick.Powers(low, high);

        Assert.InRange(ticks.Count, 2, 8);
        Assert.True(ticks[0].Value <= low && ticks[^1].Value >= high);
        Assert.All(ticks, tick => Assert.Equal(tick.Value, Math.Log10(double.Parse(tick.Label, CultureInfo.InvariantCulture)), 6));
    }

    [Fact]
    public void Path_LongAndUnsoundSeries_StaysInsideTheDrawingWithFewPointsAndItsLast()
    {
        (double, double)[] points = [.. Enumerable.Range(0, 5000).Select(i => ((double)i, i % 7 == 0 ? double.NaN : Math.Sin(i) * 10)), (5000, 3)];

        var plot = new Plot(0, 5000, -1, 1);
        var path = plot.Path(points);

        var numbers = Coordinate().Matches(path).Select(match => (X: double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Y: double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))).ToArray();
        Assert.InRange(numbers.Length, 100, 500);
        Assert.All(numbers, point => Assert.True(point.X is >= Plot.Left and <= Plot.Right && point.Y is >= Plot.Top and <= Plot.Bottom));
        Assert.Equal(Plot.Right, numbers[^1].X);
        Assert.StartsWith("M", path, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[ML](-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Coordinate();
}
