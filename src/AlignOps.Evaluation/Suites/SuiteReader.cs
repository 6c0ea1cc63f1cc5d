using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Evaluation.Suites;

/// <summary>
/// Reads a suite: JSONL of <c>{"id", "slice", "cluster", "prompt": [{"role", "content"}], "expect": {…}}</c>, where cluster and expect may be missing and slice is <c>all</c> by default;
/// <c>"turns": ["…"]</c> is what the user says after the answers.
/// An exam with a typo is another exam, so unknown keys are faults; every fault is told, with its line.
/// </summary>
internal static class SuiteReader
{
    private const int MostTurns = 16;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    public static SuiteReading Read(byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        var items = new List<SuiteItem>();
        var faults = new List<SuiteFault>();
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in Lines(content))
        {
            number++;
            if (content.AsSpan(line).Trim(" \t\r"u8).IsEmpty) continue;

            var (item, fault) = ReadLine(content.AsSpan(line));
            if (item is not null && !firstLines.TryAdd(item.Id, number)) fault = $"id {item.Id} is the id of line {firstLines[item.Id]} too.";
            if (fault is not null) faults.Add(new SuiteFault(number, fault));
            else items.Add(item!);
        }

        if (items.Count == 0 && faults.Count == 0) faults.Add(new SuiteFault(0, "the file has no items."));
        return new SuiteReading(digest, items, faults);
    }

    private static IEnumerable<Range> Lines(byte[] content)
    {
        var start = content.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        while (start < content.Length)
        {
            var end = Array.IndexOf(content, (byte)'\n', start);
            if (end < 0) end = content.Length;
            yield return start..end;
            start = end + 1;
        }
    }

    private static (SuiteItem? Item, string? Fault) ReadLine(ReadOnlySpan<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(StrictUtf8.GetString(line), NoDuplicates);
            return ReadItem(document.RootElement);
        }
        catch (DecoderFallbackException)
        {
            return (null, "not valid UTF-8.");
        }
        catch (JsonException fault)
        {
            return (null, $"not valid JSON: {fault.Message}");
        }
    }

    private static (SuiteItem? Item, string? Fault) ReadItem(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) return (null, "expected an object.");
        string? id = null, slice = "all", cluster = null, language = null;
        IReadOnlyList<ChatMessage>? prompt = null;
        IReadOnlyList<string>? turns = null;
        JsonElement? expect = null;
        foreach (var property in root.EnumerateObject())
        {
            string? fault = null;
            switch (property.Name)
            {
                case "id": (id, fault) = ReadText(property); break;
                case "slice": (slice, fault) = ReadText(property); break;
                case "cluster": (cluster, fault) = property.Value.ValueKind == JsonValueKind.Null ? (null, null) : ReadText(property); break;
                case "language": (language, fault) = ReadText(property); break;
                case "prompt": (prompt, fault) = ReadPrompt(property.Value); break;
                case "turns": (turns, fault) = ReadTurns(property.Value); break;
                case "expect" when property.Value.ValueKind == JsonValueKind.Object: expect = property.Value.Clone(); break;
                case "expect": fault = "expect is not an object."; break;
                default: fault = $"key {property.Name} is not known; there are id, slice, cluster, language, prompt, turns and expect."; break;
            }

            if (fault is not null) return (null, fault);
        }

        return (id, prompt) switch
        {
            (null, _) => (null, "id is missing."),
            (_, null) => (null, "prompt is missing."),
            _ => (new SuiteItem(id, slice!, cluster, prompt, expect, turns) { Language = language }, null),
        };
    }

    private static (string? Text, string? Fault) ReadText(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? (text, null)
            : (null, $"{property.Name} is not a text, or an empty one.");

    private static (IReadOnlyList<string>? Turns, string? Fault) ReadTurns(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() is 0 or > MostTurns) return (null, $"turns is not a list of 1 to {MostTurns} texts that the user says after the answers.");
        var turns = element.EnumerateArray().Select(turn => turn.ValueKind == JsonValueKind.String ? turn.GetString() : null).ToList();
        return turns.FindIndex(string.IsNullOrWhiteSpace) is >= 0 and var at ? (null, $"turns[{at}] is not a text, or an empty one.") : ([.. turns.Select(turn => turn!)], null);
    }

    private static (IReadOnlyList<ChatMessage>? Prompt, string? Fault) ReadPrompt(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0) return (null, "prompt is not a list of messages, or an empty one.");
        var messages = new List<ChatMessage>();
        foreach (var message in element.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object
                || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String
                || !message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.String
                || message.EnumerateObject().Count() != 2)
            {
                return (null, $"prompt[{messages.Count}] is not an object of role and content.");
            }

            if (role.GetString() is not ("system" or "user" or "assistant")) return (null, $"prompt[{messages.Count}].role is {role.GetString()}; there are system, user and assistant.");
            messages.Add(new ChatMessage(role.GetString()!, content.GetString()!));
        }

        return messages[^1].Role == "user" ? (messages, null) : (null, $"prompt ends with a message of the {messages[^1].Role}; the models answer a user's.");
    }
}
