using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Examples.SupportAssistant.Feedback;

internal static class JsonLines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object a line; each action writes an object's properties.</summary>
    public static byte[] Write(IEnumerable<Action<Utf8JsonWriter>> objects)
    {
        using var buffer = new MemoryStream();
        foreach (var properties in objects)
        {
            buffer.Write(WriteObject(properties));
            buffer.WriteByte((byte)'\n');
        }

        return buffer.ToArray();
    }

    public static byte[] WriteObject(Action<Utf8JsonWriter> properties)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static void WriteMessages(this Utf8JsonWriter json, string property, params ReadOnlySpan<(string Role, string Content)> messages)
    {
        json.WriteStartArray(property);
        foreach (var (role, content) in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteString("content", content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
