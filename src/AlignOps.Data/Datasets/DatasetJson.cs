using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Datasets;

/// <summary>A dataset version's files: the manifest as one JSON object, its rows as envelope JSONL.</summary>
public static class DatasetJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Canonical UTF-8 bytes: properties in the record's order, no indentation.</summary>
    public static byte[] Write(DatasetManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Options);

    /// <exception cref="JsonException">The text is not a manifest.</exception>
    public static DatasetManifest Read(string manifest) =>
        JsonSerializer.Deserialize<DatasetManifest>(manifest, Options) ?? throw new JsonException("The manifest is null.");

    public static byte[] WriteRows(IEnumerable<FeedbackRow> rows)
    {
        using var content = new MemoryStream();
        foreach (var row in rows)
        {
            content.Write(Encoding.UTF8.GetBytes(FeedbackJson.Write(row)));
            content.WriteByte((byte)'\n');
        }

        return content.ToArray();
    }

    /// <summary>Reads envelope JSONL, as written by <see cref="WriteRows"/>, by a synthesis or by hand.</summary>
    /// <exception cref="JsonException">A line is not an envelope row; the message names the line.</exception>
    public static async Task<IReadOnlyList<FeedbackRow>> ReadRowsAsync(Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        var rows = new List<FeedbackRow>();
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                rows.Add(FeedbackJson.Read(line));
            }
            catch (JsonException fault)
            {
                throw new JsonException($"Line {number} is not an envelope row: {fault.Message}", fault);
            }
        }

        return rows;
    }

    internal static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
