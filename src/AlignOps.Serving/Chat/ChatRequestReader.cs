using System.Globalization;
using System.Text.Json;
using AlignOps.Data;

namespace AlignOps.Serving.Chat;

/// <summary>
/// Reads the body of <c>POST /v1/chat/completions</c>. What OpenAI's API has and this server does not do is refused by name rather than ignored:
/// an answer that quietly lacks what was asked for is worse than none.
/// </summary>
internal static class ChatRequestReader
{
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal) { "system", "user", "assistant" };

    /// <summary>Keys without effect on the answer.</summary>
    private static readonly HashSet<string> Bystanders = new(StringComparer.Ordinal) { "user", "metadata", "store", "safety_identifier", "prompt_cache_key", "service_tier" };

    public static (ChatRequest? Request, OpenAiError? Error) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, OpenAiError.Invalid("invalid_json", null, "The body must be a JSON object."));
        }

        var fields = new Fields();
        foreach (var property in body.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && fields.Take(property) is { } error)
            {
                return (null, error);
            }
        }

        return fields.Finish();
    }

    private sealed class Fields
    {
        private string? _model;
        private List<ChatMessage>? _messages;
        private double? _temperature;
        private double? _topP;
        private int? _maxTokens;
        private long? _seed;

        public OpenAiError? Take(JsonProperty property) => property.Name switch
        {
            "model" => property.Value.ValueKind == JsonValueKind.String
                ? Set(() => _model = property.Value.GetString())
                : Wrong("model", "must be a string: a pipeline's name, or name@version"),
            "messages" => TakeMessages(property.Value),
            "temperature" => TakeNumber(property, 0, 2, value => _temperature = value),
            "top_p" => TakeNumber(property, double.Epsilon, 1, value => _topP = value),
            "max_tokens" or "max_completion_tokens" => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var tokens) && tokens >= 1
                ? Set(() => _maxTokens = tokens)
                : Wrong(property.Name, "must be a whole number of at least 1"),
            "seed" => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt64(out var seed)
                ? Set(() => _seed = seed)
                : Wrong("seed", "must be a whole number"),
            "n" => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var n) && n == 1 ? null : Unsupported("n", "only 1 is supported"),
            "stream" => property.Value.ValueKind == JsonValueKind.False ? null : Unsupported("stream", "answers are not streamed yet; leave it out or set it to false"),
            _ when Bystanders.Contains(property.Name) => null,
            _ => Unsupported(property.Name, "is not supported by this server; leave it out"),
        };

        public (ChatRequest? Request, OpenAiError? Error) Finish()
        {
            if (string.IsNullOrEmpty(_model))
            {
                return (null, OpenAiError.Invalid("missing_parameter", "model", "'model' is missing: name a pipeline, or pipeline@version. GET /v1/models lists them."));
            }

            if (_messages is null or [])
            {
                return (null, OpenAiError.Invalid("missing_parameter", "messages", "'messages' is missing or empty: at least one message is needed."));
            }

            if (_messages[^1].Role == "assistant")
            {
                return (null, OpenAiError.Invalid("invalid_value", "messages", "The last message is the assistant's, so there is nothing to answer."));
            }

            var at = _model.IndexOf('@', StringComparison.Ordinal);
            var version = 0;
            return at >= 0 && !int.TryParse(_model.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out version)
                ? (null, OpenAiError.Invalid("invalid_value", "model", $"'{_model}' does not end in a version number after '@'."))
                : (new ChatRequest(at < 0 ? _model : _model[..at], at < 0 ? null : version, _messages, _temperature, _topP, _maxTokens, _seed), null);
        }

        private OpenAiError? TakeMessages(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                return Wrong("messages", "must be an array of {role, content}");
            }

            _messages = [];
            foreach (var message in value.EnumerateArray())
            {
                var at = string.Create(CultureInfo.InvariantCulture, $"messages[{_messages.Count}]");
                if (message.ValueKind != JsonValueKind.Object
                    || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String || !Roles.Contains(role.GetString()!))
                {
                    return Wrong($"{at}.role", "must be system, user or assistant");
                }

                if (!message.TryGetProperty("content", out var content) || Text(content) is not { } text)
                {
                    return Wrong($"{at}.content", "must be a string, or an array of text parts");
                }

                _messages.Add(new ChatMessage(role.GetString()!, text));
            }

            return null;
        }

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

        private static OpenAiError? TakeNumber(JsonProperty property, double minimum, double maximum, Action<double> set)
        {
            if (property.Value.ValueKind != JsonValueKind.Number || property.Value.GetDouble() is var value && !(value >= minimum && value <= maximum))
            {
                return Wrong(property.Name, string.Create(CultureInfo.InvariantCulture, $"must be a number {(minimum > 0 ? "above 0" : "from 0")} to {maximum}"));
            }

            set(property.Value.GetDouble());
            return null;
        }

        private static OpenAiError? Set(Action assign)
        {
            assign();
            return null;
        }

        private static OpenAiError Wrong(string name, string sentence) => OpenAiError.Invalid("invalid_value", name, $"'{name}' {sentence}.");

        private static OpenAiError Unsupported(string name, string sentence) => OpenAiError.Invalid("unsupported_parameter", name, $"'{name}': {sentence}.");
    }
}
