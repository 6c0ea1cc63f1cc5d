using System.Text.Json.Serialization;

namespace AlignOps.Serving;

/// <summary>A refusal in the shape OpenAI's clients read.</summary>
internal sealed record OpenAiError([property: JsonIgnore] int Status, string Message, string Type, string? Param, string Code)
{
    public static OpenAiError Invalid(string code, string? param, string message) => new(400, message, "invalid_request_error", param, code);

    public static OpenAiError NotFound(string code, string? param, string message) => new(404, message, "invalid_request_error", param, code);

    public static OpenAiError TooLarge(long limit) => new(413, $"The body is larger than {limit} bytes.", "invalid_request_error", null, "request_too_large");

    public static OpenAiError Failed(string message) => new(500, message, "server_error", null, "generation_failed");

    public static OpenAiError Busy(string message) => new(429, message, "server_error", null, "queue_full");

    public static OpenAiError Unavailable(string message) => new(503, message, "server_error", null, "loading");
}
