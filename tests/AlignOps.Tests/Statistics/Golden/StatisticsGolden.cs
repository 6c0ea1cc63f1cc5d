using System.Text.Json;

namespace AlignOps.Tests.Statistics.Golden;

/// <summary>What SciPy, statsmodels and scikit-learn found, by the script beside the file.</summary>
internal static class StatisticsGolden
{
    private static readonly Lazy<JsonDocument> File = new(() => JsonDocument.Parse(typeof(StatisticsGolden).Assembly.GetManifestResourceStream("statistics-golden.json")!));

    public static JsonElement Section(string name) => File.Value.RootElement.GetProperty(name);

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement element, string name) => element.GetProperty(name).Numbers();

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    public static int[] Integers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];

    public static double[][] Rows(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(row => row.Numbers())];

    /// <summary>Equal to so many parts of the larger of 1 and the value.</summary>
    public static void Close(double expected, double actual, double tolerance = 1e-9) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"Expected {expected:r}, found {actual:r}.");
}
