using System.IO.Compression;
using System.Text.Json;

namespace AlignOps.Benchmarks.Proofs.Formats;

/// <summary>Counts a file's rows without AlignOps' readers, to hold their count against.</summary>
internal static class ContentCount
{
    public static async Task<int> RowsAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(content);
        var text = await reader.ReadToEndAsync(cancellationToken);
        if (text.StartsWith('['))
        {
            return JsonDocument.Parse(text).RootElement.EnumerateArray().Sum(Pieces);
        }

        var lines = text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        return text.StartsWith('{') ? lines.Sum(line => Pieces(JsonDocument.Parse(line).RootElement))
            : path.Contains(".csv", StringComparison.Ordinal) || path.Contains(".tsv", StringComparison.Ordinal) ? Records(text) - 1
            : lines.Count;
    }

    /// <summary>Lines whose end is outside quotes: an even number of quotes stands before it.</summary>
    private static int Records(string text)
    {
        var (records, quotes, blank) = (0, 0, true);
        foreach (var c in text + "\n")
        {
            quotes += c == '"' ? 1 : 0;
            if (c == '\n' && quotes % 2 == 0)
            {
                records += blank ? 0 : 1;
                blank = true;
            }
            else
            {
                blank &= char.IsWhiteSpace(c);
            }
        }

        return records;
    }

    /// <summary>Self-Instruct's instances and a tree's messages with replies are rows of their own.</summary>
    private static int Pieces(JsonElement row) =>
        row.TryGetProperty("instances", out var instances) ? instances.GetArrayLength()
        : row.TryGetProperty("message_tree_id", out _) ? Asked(row.GetProperty("prompt"))
        : 1;

    private static int Asked(JsonElement message)
    {
        var replies = message.GetProperty("replies").EnumerateArray().ToList();
        return (message.GetProperty("role").GetString() == "prompter" && replies.Count > 0 ? 1 : 0) + replies.Sum(Asked);
    }
}
