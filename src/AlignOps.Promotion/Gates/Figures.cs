using System.Globalization;

namespace AlignOps.Promotion.Gates;

/// <summary>Numbers as records and sentences hold them: rounded, so that a last bit of a library's logarithm never changes a digest.</summary>
internal static class Figures
{
    public static double Round(double value) => Math.Round(value, 6) + 0.0;

    public static double? Round(double? value) => value is { } number ? Round(number) : null;

    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Signed(double value) => value.ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture);

    /// <summary>e^log as people read it: 3.2, 150, 2.1e+17.</summary>
    public static string Evidence(double log) => log < Math.Log(10_000)
        ? Math.Exp(log).ToString("0.#", CultureInfo.InvariantCulture)
        : "1e" + Math.Floor(log / Math.Log(10)).ToString("0", CultureInfo.InvariantCulture);
}
