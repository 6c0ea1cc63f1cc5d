using System.IO.Compression;
using System.Text.Json;
using AlignOps.Statistics.Style;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary>AlpacaEval's judgments: a soft preference from 1 (the baseline) to 2 (the model) an item, and both answers' lengths.</summary>
internal static class AlpacaJudgments
{
    public const string FileName = "alpaca_eval-judgments.jsonl.gz";

    /// <summary>By model, in the order of the items; an item is the source that models share. Unscored items give no outcome.</summary>
    public static IReadOnlyDictionary<string, LengthCompared> Read(string folder)
    {
        var rows = new List<(string Model, int Item, double Outcome, double Difference)>();
        using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, FileName)), CompressionMode.Decompress));
        while (text.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            if (row.GetProperty("preference").ValueKind != JsonValueKind.Number) continue;
            rows.Add((
                row.GetProperty("model").GetString()!,
                row.GetProperty("item").GetInt32(),
                row.GetProperty("preference").GetDouble() - 1,
                row.GetProperty("chars_baseline").GetDouble() - row.GetProperty("chars_model").GetDouble()));
        }

        return rows.GroupBy(row => row.Model).ToDictionary(
            model => model.Key,
            model => new LengthCompared(model.Key, [.. model.OrderBy(row => row.Item).Select(row => row.Outcome)], [.. model.OrderBy(row => row.Item).Select(row => row.Difference)], [.. model.OrderBy(row => row.Item).Select(row => row.Item)]));
    }
}
