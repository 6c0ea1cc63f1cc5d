using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlignOps.Host.ByHand;

/// <summary>Answers as JSON, one a line. Numbers are written so that they read back as they are.</summary>
internal static class ScoredLine
{
    /// <param name="scored">Which of the tokens are scored, as many as there are log-probabilities.</param>
    public static string Write(TextRow row, int[] tokens, bool[] scored, float[] logProbabilities) => Line(row, json =>
    {
        json.Numbers("tokens", tokens);
        json.Numbers("scored", [.. Enumerable.Range(0, scored.Length).Where(i => scored[i])]);
        json.Reals("log_probabilities", logProbabilities);
        json.Real("sum", logProbabilities.Sum(value => (double)value));
        json.WriteNumber("count", logProbabilities.Length);
    });

    /// <param name="reward">Of the whole row, by a reward model.</param>
    public static string Write(TextRow row, int[] tokens, float reward) => Line(row, json =>
    {
        json.Numbers("tokens", tokens);
        json.Real("reward", reward);
    });

    public static string Line(TextRow row, Action<Utf8JsonWriter> content)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("line", row.Line);
            if (row.Id is { } id)
            {
                json.WritePropertyName("id");
                json.WriteRawValue(id);
            }

            content(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>JSON has no infinity and no NaN; they are null.</summary>
    public static void Real(this Utf8JsonWriter json, string key, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(key, value);
        }
        else
        {
            json.WriteNull(key);
        }
    }

    public static void Reals(this Utf8JsonWriter json, string key, IEnumerable<float> values)
    {
        json.WriteStartArray(key);
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    public static void Numbers(this Utf8JsonWriter json, string key, IEnumerable<int> values)
    {
        json.WriteStartArray(key);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
