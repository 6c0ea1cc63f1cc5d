using System.Globalization;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Serving.Chat.Requests;

/// <summary>Reads a request's conversation: text only, by the roles a chat template knows.</summary>
internal static class MessageReader
{
    public static (IReadOnlyList<ChatMessage>? Messages, OpenAiError? Error) Read(JsonParameter parameter)
    {
        if (parameter.Value.ValueKind != JsonValueKind.Array)
        {
            return (null, parameter.WrongType("an array of objects"));
        }

        List<ChatMessage> messages = [];
        foreach (var message in parameter.Value.EnumerateArray())
        {
            var at = new JsonParameter(string.Create(CultureInfo.InvariantCulture, $"messages[{messages.Count}]"), message);
            if (Message(at, out var error) is not { } read)
            {
                return (null, error);
            }

            messages.Add(read);
        }

        return messages switch
        {
            [] => (null, parameter.Invalid("empty_array", "empty array. Expected an array with minimum length 1, but got an empty array instead")),
            [.., { Role: "assistant" }] => (null, parameter.WrongValue("the last message is the assistant's, so there is nothing to answer")),
            _ => (messages, null),
        };
    }

    private static ChatMessage? Message(JsonParameter message, out OpenAiError? error)
    {
        error = null;
        if (message.Value.ValueKind != JsonValueKind.Object)
        {
            error = message.WrongType("an object");
            return null;
        }

        if (!message.Value.TryGetProperty("role", out var role))
        {
            error = Missing($"{message.Name}.role");
            return null;
        }

        if (Role(role) is not { } known)
        {
            error = new JsonParameter($"{message.Name}.role", role).WrongValue("supported values are 'system', 'developer', 'user' and 'assistant'");
            return null;
        }

        if (!message.Value.TryGetProperty("content", out var content))
        {
            error = Missing($"{message.Name}.content");
            return null;
        }

        if (Text(content) is { } text)
        {
            return new ChatMessage(known, text);
        }

        error = new JsonParameter($"{message.Name}.content", content) is var wrong && content.ValueKind == JsonValueKind.Array
            ? wrong.WrongValue("this model reads text, so every part must be {\"type\": \"text\", \"text\": …}")
            : wrong.WrongType("a string or an array of text parts");
        return null;
    }

    /// <summary>A developer is what newer clients call the system.</summary>
    private static string? Role(JsonElement role) => role.ValueKind != JsonValueKind.String ? null : role.GetString() switch
    {
        "developer" => "system",
        "system" or "user" or "assistant" => role.GetString(),
        _ => null,
    };

    private static string? Text(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString(),
        JsonValueKind.Array when content.EnumerateArray().All(IsTextPart) =>
            string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString())),
        _ => null,
    };

    private static bool IsTextPart(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text")
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String;

    private static OpenAiError Missing(string name) => OpenAiError.Invalid("missing_required_parameter", name, $"Missing required parameter: '{name}'.");
}
