using System.Globalization;
using System.Text.Json;

namespace AlignOps.Serving.Chat.Requests;

/// <summary>Reads the body of <c>POST /v1/chat/completions</c>. A parameter that is null counts as left out; the last of two with one name counts.</summary>
internal static class ChatRequestReader
{
    private const int MostChoices = 128;
    private const int MostAlternatives = 20;

    public static (ChatRequest? Request, OpenAiError? Error) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, OpenAiError.Invalid("invalid_json", null, "The body must be a JSON object."));
        }

        var request = new ChatRequest("", null, []);
        foreach (var property in body.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
        {
            var (next, error) = Take(request, new JsonParameter(property.Name, property.Value));
            if (error is not null)
            {
                return (null, error);
            }

            request = next!;
        }

        return Check(request) is { } fault ? (null, fault) : (request, null);
    }

    private static (ChatRequest? Request, OpenAiError? Error) Take(ChatRequest request, JsonParameter parameter) => parameter.Name switch
    {
        "model" => Set(parameter.Text(), model => Named(request, model)),
        "messages" => Set(MessageReader.Read(parameter), messages => request with { Messages = messages }),
        "temperature" => Set(parameter.Decimal(0, 2), value => request with { Temperature = value }),
        "top_p" => Set(parameter.Decimal(0, 1), value => request with { TopP = Math.Max(value, 1e-9) }),
        "max_tokens" or "max_completion_tokens" => Set(parameter.Integer(1, int.MaxValue), value => request with { MaxTokens = (int)value }),
        "seed" => Set(parameter.Integer(long.MinValue, long.MaxValue), value => request with { Seed = value }),
        "n" => Set(parameter.Integer(1, MostChoices), value => request with { Choices = (int)value }),
        "stop" => Set(StopReader.Read(parameter), stop => request with { Stop = stop }),
        "logprobs" => Set(parameter.Flag(), value => request with { LogProbabilities = value }),
        "top_logprobs" => Set(parameter.Integer(0, MostAlternatives), value => request with { TopLogProbabilities = (int)value }),
        "stream" => Set(parameter.Flag(), value => request with { Stream = value }),
        "stream_options" => StreamOptions(request, parameter),
        "user" => Set(parameter.Text(), value => request with { User = value }),
        _ => NeutralParameters.Check(parameter) is { } error ? (null, error) : (request, null),
    };

    private static (ChatRequest? Request, OpenAiError? Error) StreamOptions(ChatRequest request, JsonParameter parameter)
    {
        if (parameter.Value.ValueKind != JsonValueKind.Object)
        {
            return (null, parameter.WrongType("an object"));
        }

        var usage = false;
        foreach (var option in parameter.Value.EnumerateObject().Where(option => option.Value.ValueKind != JsonValueKind.Null))
        {
            var named = new JsonParameter($"stream_options.{option.Name}", option.Value);
            var (value, error) = option.Name is "include_usage" or "include_obfuscation"
                ? named.Flag()
                : (null, OpenAiError.Invalid("unknown_parameter", named.Name, $"Unknown parameter: '{named.Name}'."));
            if (error is not null)
            {
                return (null, error);
            }

            usage = option.Name == "include_usage" ? value!.Value : usage;
        }

        return (request with { StreamUsage = usage }, null);
    }

    /// <summary>What follows an @ and is no version belongs to the name: nothing is served by it.</summary>
    private static ChatRequest Named(ChatRequest request, string model)
    {
        var at = model.LastIndexOf('@');
        return at > 0 && int.TryParse(model.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? request with { Pipeline = model[..at], Version = version }
            : request with { Pipeline = model, Version = null };
    }

    private static (ChatRequest? Request, OpenAiError? Error) Set<T>((T? Value, OpenAiError? Error) read, Func<T, ChatRequest> with)
        where T : struct => read.Error is null ? (with(read.Value!.Value), null) : (null, read.Error);

    private static (ChatRequest? Request, OpenAiError? Error) Set<T>((T? Value, OpenAiError? Error) read, Func<T, ChatRequest> with)
        where T : class => read.Error is null ? (with(read.Value!), null) : (null, read.Error);

    private static OpenAiError? Check(ChatRequest request) => request switch
    {
        { Pipeline: "" } => OpenAiError.Invalid("missing_required_parameter", "model", "Missing required parameter: 'model'. Name a pipeline, or pipeline@version; GET /v1/models lists them."),
        { Messages: [] } => OpenAiError.Invalid("missing_required_parameter", "messages", "Missing required parameter: 'messages'."),
        { TopLogProbabilities: > 0, LogProbabilities: false } =>
            OpenAiError.Invalid("invalid_value", "top_logprobs", "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled."),
        { StreamUsage: not null, Stream: false } =>
            OpenAiError.Invalid("invalid_value", "stream_options", "The 'stream_options' parameter is only allowed when 'stream' is enabled."),
        _ => null,
    };
}
