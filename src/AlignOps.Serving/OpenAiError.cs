using System.Text.Json.Serialization;

namespace AlignOps.Serving;

/// <summary>A refusal in the shape OpenAI's clients read.</summary>
internal sealed record OpenAiError([property: JsonIgnore] int Status, string Message, string Type, string? Param, string? Code)
{
    private const string InvalidRequest = "invalid_request_error";

    /// <summary>Seconds after which the same request may be tried again; the <c>Retry-After</c> header.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    public static OpenAiError Invalid(string? code, string? param, string message) => new(400, message, InvalidRequest, param, code);

    public static OpenAiError NotFound(string code, string? param, string message) => new(404, message, InvalidRequest, param, code);

    public static OpenAiError Forbidden(string message) => new(403, message, InvalidRequest, null, "role_too_low");

    public static OpenAiError TooLarge(long limit) => new(413, $"The body is larger than {limit} bytes.", InvalidRequest, null, "request_too_large");

    public static OpenAiError Failed(string message) => new(500, message, "server_error", null, "generation_failed");

    public static OpenAiError Busy(string message) => new(429, message, "requests", null, "rate_limit_exceeded") { RetryAfter = 1 };

    public static OpenAiError Unavailable(string message) => new(503, message, "server_error", null, "model_not_ready") { RetryAfter = 1 };
}
