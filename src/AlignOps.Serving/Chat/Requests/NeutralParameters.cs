using System.Text.Json;

namespace AlignOps.Serving.Chat.Requests;

/// <summary>
/// Parameters of OpenAI's API that this server does not act on. Some never change an answer; others are accepted only with the value that asks for nothing.
/// The rest are refused by name: an answer that quietly lacks what was asked for is worse than none.
/// </summary>
internal static class NeutralParameters
{
    private static readonly HashSet<string> Bystanders = new(StringComparer.Ordinal)
    {
        "metadata", "store", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "service_tier", "parallel_tool_calls",
    };

    public static OpenAiError? Check(JsonParameter parameter) => parameter.Name switch
    {
        _ when Bystanders.Contains(parameter.Name) => null,
        "frequency_penalty" or "presence_penalty" => Only(parameter, IsZero, "is only supported as 0"),
        "logit_bias" => Only(parameter, IsEmpty, "is only supported empty"),
        "tools" or "functions" => Only(parameter, IsEmpty, "is not supported with this model"),
        "tool_choice" or "function_call" => Only(parameter, value => Is(value, "none") || Is(value, "auto"), "is only supported as 'none' or 'auto'"),
        "response_format" => Only(parameter, value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && Is(type, "text"), "is only supported as {\"type\": \"text\"}"),
        "modalities" => Only(parameter, value => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => Is(item, "text")), "is only supported as [\"text\"]"),
        "audio" or "prediction" or "reasoning_effort" or "verbosity" or "web_search_options" => parameter.Unsupported("is not supported with this model"),
        _ => OpenAiError.Invalid("unknown_parameter", parameter.Name, $"Unknown parameter: '{parameter.Name}'."),
    };

    private static OpenAiError? Only(JsonParameter parameter, Func<JsonElement, bool> neutral, string sentence) =>
        neutral(parameter.Value) ? null : parameter.Unsupported(sentence);

    private static bool IsZero(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0;

    private static bool IsEmpty(JsonElement value) =>
        (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0) || (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any());

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
