using System.Globalization;
using AlignOps.Benchmarks.Proofs.Real;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>All methods on all held-out pairs: shares with 95 % intervals from resampled conversations, the same resamples for every figure, so that differences are paired.</summary>
internal sealed class MethodTable(IReadOnlyList<PreferencePair> heldOut, double[] before, int draws, long seed)
{
    private readonly int[] _clusters = Clusters(heldOut);

    /// <param name="results">Of each method its outcomes on <c>heldOut</c>, in that order.</param>
    /// <param name="compared">The method that the others are compared with, where it is among them.</param>
    /// <returns>Lower ends of the methods' own shares.</returns>
    public IReadOnlyDictionary<string, double> Print(IReadOnlyList<(MethodRecipe Recipe, FoldResult Result)> results, string compared)
    {
        var rival = results.FirstOrDefault(one => one.Recipe.Name == compared).Result;
        Console.WriteLine($"{"",-18} {"own reward",24} {"per token",24} {"− base, per token",26} {"− " + compared + ", own reward",26} {"steps",6} {"s",6}");
        var lower = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (recipe, result) in results)
        {
            var parts = Intervals(
                result.Own,
                result.PerToken,
                result.PerToken is { } perToken ? [.. perToken.Zip(before, (after, was) => after - was)] : null,
                rival is null || recipe.Name == compared ? null : [.. result.Own.Zip(rival.Own, (one, other) => one - other)]);
            lower[recipe.Name] = parts[0]!.Quantile(0.025);
            Console.WriteLine($"{recipe.Name,-18} {Told(parts[0]),24} {Told(parts[1]),24} {Told(parts[2]),26} {Told(parts[3]),26} {result.Steps,6} {result.Seconds,6:0}");
        }

        return lower;
    }

    public void PrintBeside(string name, double[] outcomes)
    {
        var parts = Intervals(outcomes, [.. outcomes.Zip(before, (one, was) => one - was)]);
        Console.WriteLine($"{name,-18} {Told(parts[0]),24} {"",24} {Told(parts[1]),26}");
    }

    private BootstrapDistribution?[] Intervals(params double[]?[] columns)
    {
        BootstrapPart[] parts = [.. columns.OfType<double[]>().Select(column => BootstrapPart.Of(column.Select((value, i) => (_clusters[i], value))))];
        var found = new Queue<BootstrapDistribution>(ClusterBootstrap.Means(parts, _clusters.Max() + 1, draws, seed));
        return [.. columns.Select(column => column is null ? null : found.Dequeue())];
    }

    private static string Told(BootstrapDistribution? share) => share is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{share.Estimate:0.0000} [{share.Percentile().Lower:0.0000}, {share.Percentile().Upper:0.0000}]");

    private static int[] Clusters(IReadOnlyList<PreferencePair> pairs)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. pairs.Select(pair => numbers.TryGetValue(pair.Opening, out var number) ? number : numbers[pair.Opening] = numbers.Count)];
    }
}
