using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignOps.Promotion.Gates;

/// <summary>The canonical JSON of a record: the order of the properties is the record's, numbers are rounded, nulls left out.</summary>
internal static class GateJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(GateRecord record) => JsonSerializer.Serialize(record, Options);

    public static GateRecord Read(string text) => JsonSerializer.Deserialize<GateRecord>(text, Options) ?? throw new JsonException("The gate record is null.");
}
