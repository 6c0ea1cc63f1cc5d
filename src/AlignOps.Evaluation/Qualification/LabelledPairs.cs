using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification;

/// <summary>
/// Reads a labelled set: JSONL, a JSON array or a table of <c>{"id", "cluster"?, "prompt" or "instruction" with "input"?, "first" or "response1", "second" or "response2",
/// "people": ["first", "tie", "second", …], "first_source"?, "second_source"?, "expect"?}</c>, or PandaLM's test set with <c>annotator1</c> to <c>annotator3</c> (0 a tie, 1 the first, 2 the second) and <c>cmp_key</c>.
/// Pairs without a cluster that share a prompt are one.
/// </summary>
internal static class LabelledPairs
{
    /// <exception cref="ContentException">The file as a whole cannot be read.</exception>
    public static async Task<(IReadOnlyList<LabelledPair> Pairs, string Digest, IReadOnlyList<string> Faults)> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellationToken);
        bytes.Position = 0;
        await using var content = await ContentStream.OpenAsync(bytes, ContentLimits.Default, cancellationToken);
        List<LabelledPair> pairs = [];
        List<string> faults = [];
        var consistency = new LabelConsistency();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in ObjectRows.ReadAsync(content, RowLimits.Default, ContentLimits.Default, cancellationToken))
        {
            var pair = row.Value is { } value ? Read(value, pairs.Count) : null;
            if (pair is null) faults.Add($"line {row.Line}: {row.Fault ?? "not a labelled pair: a prompt, two answers and what people preferred."}");
            else if (!ids.Add(pair.Id)) faults.Add($"line {row.Line}: id {pair.Id} stands there twice.");
            else if (pairs.Count > 0 && pair.People.Count != pairs[0].People.Count) faults.Add($"line {row.Line}: {pair.People.Count} people, the first pair has {pairs[0].People.Count}.");
            else if (consistency.Fault(pair) is { } contradiction) faults.Add($"line {row.Line}: {contradiction}");
            else pairs.Add(pair);
        }

        return (pairs, Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), faults);
    }

    private static LabelledPair? Read(JsonElement row, int number)
    {
        var (first, second) = (Answer(row, "first") ?? Answer(row, "response1"), Answer(row, "second") ?? Answer(row, "response2"));
        var prompt = Prompt(row);
        IReadOnlyList<Preference?>? people = row.TryGetProperty("people", out var labels) && labels.ValueKind == JsonValueKind.Array
            ? [.. labels.EnumerateArray().Select(Label)]
            : row.TryGetProperty("annotator1", out _) ? [.. new[] { "annotator1", "annotator2", "annotator3" }.Where(name => row.TryGetProperty(name, out _)).Select(name => Label(row.GetProperty(name)))] : null;
        if (first is null || second is null || prompt is null || people is not { Count: > 0 }) return null;

        string[] sources = Text(row, "cmp_key")?.Split('_', 2) ?? [];
        var id = row.TryGetProperty("id", out var own) || row.TryGetProperty("idx", out own) ? own.ToString() : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var pair = new LabelledPair(
            id, Text(row, "cluster"), prompt, first, second, people, Text(row, "first_source") ?? sources.FirstOrDefault(), Text(row, "second_source") ?? sources.ElementAtOrDefault(1),
            row.TryGetProperty("expect", out var expect) ? expect.Clone() : null);
        return pair.Cluster is null ? pair with { Cluster = "prompt " + Digest(LabelConsistency.PromptKey(pair))[..16] } : pair;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IReadOnlyList<ChatMessage>? Prompt(JsonElement row)
    {
        if (row.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.Array)
        {
            return prompt.GetArrayLength() > 0 && prompt.EnumerateArray().All(one => Text(one, "role") is not null && Text(one, "content") is not null)
                ? [.. prompt.EnumerateArray().Select(one => new ChatMessage(Text(one, "role")!, Text(one, "content")!))]
                : null;
        }

        var text = Text(row, "prompt") ?? Text(row, "instruction");
        return text is null ? null : [new ChatMessage("user", Text(row, "input") is { Length: > 0 } input ? $"{text}\n\n{input}" : text)];
    }

    private static Preference? Label(JsonElement label) => label.ToString().ToLowerInvariant() switch
    {
        "first" or "1" or "a" => Preference.First,
        "second" or "2" or "b" => Preference.Second,
        "tie" or "0" or "c" => Preference.Tie,
        _ => null,
    };

    /// <summary>An answer of one word may have been stored as a number or a truth value.</summary>
    private static string? Answer(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number ? value.GetRawText() : Text(row, name);

    private static string? Text(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
