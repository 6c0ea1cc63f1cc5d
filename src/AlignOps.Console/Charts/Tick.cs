using System.Globalization;

namespace AlignOps.WebConsole.Charts;

/// <summary>A line of a chart's grid.</summary>
public sealed record Tick(double Value, string Label)
{
    private const int Most = 6;

    /// <summary>Round numbers that take in both ends: steps of 1, 2 or 5 times a power of ten.</summary>
    internal static IReadOnlyList<Tick> Linear(double low, double high)
    {
        if (high - low < 1e-9)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        var raw = (high - low) / (Most - 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 5, 10 }.Select(factor => factor * power).First(candidate => candidate >= raw * 0.999);
        var first = Math.Floor(low / step + 1e-9);
        var last = Math.Ceiling(high / step - 1e-9);
        var digits = Math.Clamp(-(int)Math.Floor(Math.Log10(step)), 0, 9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step).Select(value => new Tick(value, (value + 0.0).ToString("F" + digits, CultureInfo.InvariantCulture)))];
    }

    /// <summary>Powers of ten between two exponents; the values are the exponents.</summary>
    internal static IReadOnlyList<Tick> Powers(double low, double high)
    {
        var (first, last) = ((int)Math.Floor(low), (int)Math.Ceiling(high));
        var step = Math.Max(1, (int)Math.Ceiling((last - first) / (double)(Most - 1)));
        return [.. Enumerable.Range(0, (last - first + step - 1) / step + 1).Select(i => first + i * step).Select(exponent => new Tick(exponent, Power(exponent)))];
    }

    private static string Power(int exponent) => exponent switch
    {
        >= -3 and <= 4 => Math.Pow(10, exponent).ToString("0.###", CultureInfo.InvariantCulture),
        _ => "1e" + exponent.ToString(CultureInfo.InvariantCulture),
    };
}
