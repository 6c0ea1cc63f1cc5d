using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Host.ByHand;

/// <summary>
/// Reads JSONL of <c>{"prompt", "completion"}</c>, <c>{"messages"}</c>, or <c>{"tokens", "prompt_tokens"}</c>. A prompt is a text, or messages as TRL has them;
/// then the completion is an answer, as a text or as one message.
/// </summary>
internal static class RowReader
{
    public const string NotJson = "not-json";
    public const string UnknownShape = "unknown-shape";

    /// <returns>Each line that is not blank, as a row or as what is wrong with it.</returns>
    public static IEnumerable<(TextRow? Row, RowFault? Fault)> Read(IEnumerable<string> lines)
    {
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Read(line, number);
            }
        }
    }

    private static (TextRow? Row, RowFault? Fault) Read(string line, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (Row(document.RootElement, number), null)
                : (null, new RowFault(number, UnknownShape, $"The line is a JSON {Kind(document.RootElement)}, not an object."));
        }
        catch (JsonException fault)
        {
            return (null, new RowFault(number, NotJson, $"The line is not JSON: {Words(fault)}"));
        }
        catch (InvalidDataException fault)
        {
            return (null, new RowFault(number, UnknownShape, fault.Message));
        }
        catch (InvalidOperationException fault)
        {
            // A string may be valid JSON and yet no text: half a surrogate pair, escaped.
            return (null, new RowFault(number, NotJson, $"The line is not Unicode text: {fault.Message}"));
        }
    }

    private static TextRow Row(JsonElement row, int line)
    {
        string? id = row.TryGetProperty("id", out JsonElement given) ? given.GetRawText() : null;
        if (row.TryGetProperty("tokens", out JsonElement tokens))
        {
            int[] ids = [.. Items(tokens, "tokens").Select(token => Integer(token, "tokens"))];
            int prompt = row.TryGetProperty("prompt_tokens", out JsonElement count) ? Integer(count, "prompt_tokens") : 1;
            return new TextRow(line, id, null, null, null, ids, prompt);
        }

        if (row.TryGetProperty("messages", out JsonElement messages))
        {
            return new TextRow(line, id, null, Messages(messages, "messages"), null);
        }

        if (!row.TryGetProperty("prompt", out JsonElement before))
        {
            throw new InvalidDataException("The row has none of the keys prompt, messages and tokens.");
        }

        string? completion = row.TryGetProperty("completion", out JsonElement after) ? Completion(after) : null;
        return before.ValueKind == JsonValueKind.String
            ? new TextRow(line, id, before.GetString(), null, completion)
            : new TextRow(line, id, null, Messages(before, "prompt"), completion);
    }

    private static string Completion(JsonElement completion) => completion.ValueKind == JsonValueKind.String
        ? completion.GetString()!
        : Messages(completion, "completion") is [{ Role: "assistant" } answer]
            ? answer.Content
            : throw new InvalidDataException("completion is neither a text nor one message of the assistant.");

    private static ChatMessage[] Messages(JsonElement messages, string key) => [.. Items(messages, key).Select(message => message.ValueKind == JsonValueKind.Object
        ? new ChatMessage(Text(message, "role", key), Text(message, "content", key))
        : throw new InvalidDataException($"{key} holds a JSON {Kind(message)}, where a message has role and content."))];

    private static string Text(JsonElement message, string name, string key) =>
        message.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new InvalidDataException($"A message of {key} has no text under {name}.");

    private static JsonElement.ArrayEnumerator Items(JsonElement array, string key) => array.ValueKind == JsonValueKind.Array
        ? array.EnumerateArray()
        : throw new InvalidDataException($"{key} is a JSON {Kind(array)}, not an array.");

    private static int Integer(JsonElement number, string key) => number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) && value >= 0
        ? value
        : throw new InvalidDataException($"{key} holds {number.GetRawText()}, which is no token's number.");

    // The exception's own text ends in places that count from 0.
    private static string Words(JsonException fault) =>
        fault.Message.Split([" LineNumber:", " Path:"], StringSplitOptions.None)[0].TrimEnd('.') + (fault.BytePositionInLine is { } at ? $", at byte {at + 1}." : ".");

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
