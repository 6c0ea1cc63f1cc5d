using System.Globalization;
using System.Text;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>The points as a Markdown table, a row for each decoder and length.</summary>
internal static class ScalingTable
{
    public static string Of(IReadOnlyList<ScalingPoint> points)
    {
        int[] threads = [.. points.Select(p => p.Threads).Distinct().Order()];
        var text = new StringBuilder("| decoder | tokens |");
        foreach (int count in threads)
        {
            text.Append(CultureInfo.InvariantCulture, $" ours, {Threads(count)} | PyTorch | ratio |");
        }

        text.Append("\n|---|---:|").Insert(text.Length, "---:|---:|---:|", threads.Length).Append('\n');
        foreach (IGrouping<(string Shape, int Tokens), ScalingPoint> row in points.GroupBy(p => (p.Shape, p.Tokens)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Key.Shape} | {row.Key.Tokens:N0} |");
            foreach (int count in threads)
            {
                ScalingPoint? point = row.FirstOrDefault(p => p.Threads == count);
                text.Append(point is null ? " | | |" : string.Create(CultureInfo.InvariantCulture, $" {point.Ours:N0} | {point.PyTorch:N0} | {point.Ratio:0.00} |"));
            }

            text.Append('\n');
        }

        ScalingPoint[] lost = [.. points.Where(p => p.Ratio < 1)];
        string verdict = lost.Length == 0
            ? "PyTorch is faster at none of these shapes."
            : $"PyTorch is faster at {string.Join("; ", lost.Select(p => $"{p.Shape}, {p.Tokens.ToString("N0", CultureInfo.InvariantCulture)} tokens, {Threads(p.Threads)}"))}.";
        string peers = string.Join(" and ", points.Select(p => p.Peer).Distinct().Order(StringComparer.Ordinal));
        return text.Append(CultureInfo.InvariantCulture, $"\nTokens a second of full training with AdamW, one sequence a step, beside {peers}. {verdict}\n").ToString();
    }

    public static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";
}
