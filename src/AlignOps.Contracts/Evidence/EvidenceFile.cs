using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Contracts.Evidence;

/// <summary>
/// Everything that a gate may look at: a JSONL file of one <see cref="EvidenceHeader"/> and one <see cref="EvidenceItem"/> a line, in the shuffled order of the evaluation.
/// Equal content is equal bytes: properties in the order of the records, shortest numbers that read back the same, nulls written, "\n" after each line.
/// </summary>
public sealed record EvidenceFile(EvidenceHeader Header, IReadOnlyList<EvidenceItem> Items)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Write()
    {
        var text = new StringBuilder(JsonSerializer.Serialize(Header, Options)).Append('\n');
        foreach (var item in Items) text.Append(JsonSerializer.Serialize(item, Options)).Append('\n');
        return text.ToString();
    }

    /// <exception cref="JsonException">A line is not what it should be; the message names it.</exception>
    public static EvidenceFile Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) throw new JsonException("The evidence file is empty.");

        var header = ReadLine<EvidenceHeader>(lines[0], 1);
        if (header.Version != EvidenceHeader.CurrentVersion)
        {
            throw new JsonException($"The evidence file has version {header.Version}; this program reads version {EvidenceHeader.CurrentVersion}.");
        }

        return new EvidenceFile(header, [.. lines.Skip(1).Select((line, i) => ReadLine<EvidenceItem>(line, i + 2))]);
    }

    private static T ReadLine<T>(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new JsonException($"Evidence line {number} is no {typeof(T).Name}: {fault.Message}", fault);
        }
    }
}
