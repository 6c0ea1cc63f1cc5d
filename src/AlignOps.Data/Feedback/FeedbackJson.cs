using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignOps.Data.Feedback;

/// <summary>The envelope as JSONL: one <see cref="FeedbackRow"/> a line, camelCase, nulls left out. Dataset versions and synthetic rows are stored so.</summary>
public static class FeedbackJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(FeedbackRow row) => JsonSerializer.Serialize(row, Options);

    /// <exception cref="JsonException">The line is not an envelope row.</exception>
    public static FeedbackRow Read(string line) =>
        JsonSerializer.Deserialize<FeedbackRow>(line, Options) ?? throw new JsonException("The line holds null instead of a row.");
}
