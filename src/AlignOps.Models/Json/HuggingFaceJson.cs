using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Models.Json;

/// <summary>Writes JSON as the Python libraries lay it out: keys in the order written, two spaces, a fraction on every real number.</summary>
internal static class HuggingFaceJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WriteFile(string path, Action<Utf8JsonWriter> content)
    {
        string partial = path + ".partial";
        using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
            json.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    /// <summary>A real number as Python prints it (<c>10000.0</c>, <c>1e-06</c>), so that a strict reader sees a float.</summary>
    public static void WriteReal(this Utf8JsonWriter json, string key, double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        json.WritePropertyName(key);
        json.WriteRawValue(text.Contains('.') || text.Contains('e') ? text : text + ".0");
    }

    public static void WriteStrings(this Utf8JsonWriter json, string key, IEnumerable<string> values)
    {
        json.WriteStartArray(key);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
