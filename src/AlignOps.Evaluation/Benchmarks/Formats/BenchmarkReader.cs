using System.Security.Cryptography;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;

namespace AlignOps.Evaluation.Benchmarks.Formats;

/// <summary>Reads a benchmark file: JSONL, a JSON array or a table, plain or gzip. An exam with a broken item is another exam, so every fault is told and none is passed over.</summary>
public static class BenchmarkReader
{
    private const int MostFaults = 20;

    public static IReadOnlyList<string> Names { get; } = [.. BenchmarkFormats.All.Select(format => format.Name)];

    /// <param name="format">Of <see cref="Names"/>; null: by the first row's keys.</param>
    /// <exception cref="ContentException">The file as a whole cannot be read.</exception>
    public static async Task<BenchmarkReading> ReadAsync(Stream file, string name, string? format, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        bytes.Position = 0;
        await using var content = await ContentStream.OpenAsync(bytes, ContentLimits.Default, cancellationToken);
        var chosen = format is null ? null : BenchmarkFormats.Find(format);
        List<BenchmarkItem> items = [];
        List<string> faults = [];
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var row in ObjectRows.ReadAsync(content, RowLimits.Default, ContentLimits.Default, cancellationToken))
        {
            if (Read(row, items.Count, ref chosen) is not { } item)
            {
                faults.Add($"line {row.Line}: {row.Fault ?? (chosen is null ? $"no format has these keys. Formats: {Describe()}." : $"not an item of format {chosen.Name}, which has {chosen.Keys}.")}");
            }
            else if (!lines.TryAdd(item.Id, row.Line))
            {
                faults.Add($"line {row.Line}: id {item.Id} is the id of line {lines[item.Id]} too.");
            }
            else
            {
                items.Add(item);
            }

            if (faults.Count == MostFaults)
            {
                break;
            }
        }

        if (items.Count == 0 && faults.Count == 0)
        {
            faults.Add("the file has no items.");
        }

        return faults.Count > 0
            ? new BenchmarkReading(null, faults)
            : new BenchmarkReading(chosen!.Ask(new Benchmark(name, chosen.Name, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), items)), []);
    }

    private static BenchmarkItem? Read(ObjectRow row, int number, ref BenchmarkFormat? chosen)
    {
        if (row.Value is not { } value)
        {
            return null;
        }

        var fields = new ItemFields(value);
        var place = new ItemPlace(fields.Texts("id", "doc_id") is [var id] ? id : number.ToString(System.Globalization.CultureInfo.InvariantCulture), fields.Text("slice", "subject", "category") ?? "all", fields.Text("cluster"));
        foreach (var format in chosen is null ? BenchmarkFormats.All : [chosen])
        {
            if (format.Read(fields, place) is { } item)
            {
                chosen = format;
                return item;
            }
        }

        return null;
    }

    private static string Describe() => string.Join("; ", BenchmarkFormats.All.Select(format => $"{format.Name} ({format.Keys})"));
}
