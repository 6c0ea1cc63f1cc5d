using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text.Json;

namespace AlignOps.Data.Feedback;

/// <summary>The content identity of a row: SHA-256 over a canonical JSON form with a fixed property order and no provenance.</summary>
internal static class FeedbackRowHash
{
    public static string Compute(FeedbackRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(row.Kind.ToString());
            foreach (var message in row.Prompt)
            {
                json.WriteStringValue(message.Role);
                json.WriteStringValue(message.Content);
            }

            foreach (var candidate in row.Candidates)
            {
                json.WriteStartArray();
                json.WriteStringValue(candidate.Text);
                if (candidate.Score is { } score) json.WriteNumberValue(score); else json.WriteNullValue();
                if (candidate.Label is { } label) json.WriteBooleanValue(label); else json.WriteNullValue();
                json.WriteStringValue(candidate.Critique);
                WriteAspects(json, candidate.Aspects);
                WriteSpans(json, candidate.Spans ?? []);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    // Rows without aspects keep the ids they had before there were any.
    private static void WriteAspects(Utf8JsonWriter json, IReadOnlyDictionary<string, double>? aspects)
    {
        foreach (var (name, value) in (aspects ?? ReadOnlyDictionary<string, double>.Empty).OrderBy(aspect => aspect.Key, StringComparer.Ordinal))
        {
            json.WriteStringValue(name);
            json.WriteNumberValue(value);
        }
    }

    // Nor does a row without spans change its id; a span is a list, so it can never be taken for an aspect.
    private static void WriteSpans(Utf8JsonWriter json, IReadOnlyList<AnswerSpan> spans)
    {
        foreach (var span in spans)
        {
            json.WriteStartArray();
            json.WriteNumberValue(span.Start);
            json.WriteNumberValue(span.End);
            json.WriteStringValue(span.Label.ToString());
            json.WriteNumberValue(span.Weight);
            json.WriteStringValue(span.Category);
            json.WriteEndArray();
        }
    }
}
