using System.Globalization;
using System.Text.Json;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Commands;

/// <summary>A benchmark's result, for people and for programs.</summary>
internal static class BenchmarkView
{
    public static void Print(BenchmarkResult result, bool json)
    {
        if (json)
        {
            Output.Json(JsonSerializer.SerializeToElement(
                new
                {
                    benchmark = result.Benchmark.Name,
                    result.Benchmark.Format,
                    result.Benchmark.Digest,
                    items = result.Items.Count,
                    result.Unscored,
                    result.Truncated,
                    metrics = result.All,
                    result.Guards,
                    result.Slices,
                },
                JsonSerializerOptions.Web));
            return;
        }

        Output.Line($"{result.Benchmark.Name}, read as {result.Benchmark.Format}: {result.Items.Count} items, {result.Unscored} unscored, {result.Truncated} with a context that was cut.");
        foreach (var reason in result.Items.GroupBy(item => item.Unscored).Where(reason => reason.Key is not null))
        {
            Output.Line($"  {reason.Count(),5} unscored: {reason.Key}");
        }

        if (result.Guards is { } guards)
        {
            // A state is what a program's note begins with.
            foreach (var state in result.Items.Where(item => item.Unscored is null).GroupBy(item => ((string)item.Outputs["state"]).Split(':')[0]).OrderByDescending(state => state.Count()))
            {
                Output.Line($"  {state.Count(),5} {state.Key}");
            }

            Output.Line($"  run under: {string.Join(", ", guards)}");
        }

        Print("", result.All);
        foreach (var (slice, estimates) in result.Slices)
        {
            Print(slice, estimates);
        }
    }

    private static void Print(string slice, IReadOnlyList<MetricEstimate> estimates)
    {
        foreach (var one in estimates)
        {
            var error = one.StandardError is { } value ? string.Create(CultureInfo.InvariantCulture, $" ± {value:0.0000}") : "";
            Output.Line(string.Create(CultureInfo.InvariantCulture, $"  {slice,-24} {one.Name,-32} {one.Value,10:0.0000}{error}  n {one.Count}"));
        }
    }
}
