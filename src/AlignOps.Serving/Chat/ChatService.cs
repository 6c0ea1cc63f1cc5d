using System.Text.Json;
using AlignOps.Models.Generation;
using AlignOps.Serving.Inferences;
using AlignOps.Serving.Policies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Chat;

/// <summary>Answers a conversation by the champion of the day, and puts the answer on record first.</summary>
internal sealed partial class ChatService(
    PolicyCatalog catalog,
    ServingDefaults defaults,
    InferenceLog log,
    IOptions<ServingOptions> options,
    TimeProvider clock,
    ILogger<ChatService> logger)
{
    public async Task<(ChatCompletion? Completion, OpenAiError? Error)> AnswerAsync(ChatRequest request, string askedBy, CancellationToken cancellationToken)
    {
        using var lease = catalog.Enter(request.Pipeline);
        if (lease is null)
        {
            return (null, catalog.Ready
                ? OpenAiError.NotFound("model_not_found", "model", $"'{request.Pipeline}' is not served: there is no such pipeline, or it has no champion yet. GET /v1/models lists what is.")
                : OpenAiError.Unavailable("The champions are being loaded. Try again in a moment."));
        }

        var policy = lease.Policy;
        if (request.Version is { } version && version != policy.Champion.Version)
        {
            return (null, OpenAiError.NotFound("model_not_found", "model", $"'{request.Pipeline}@{version}' is not served; {policy.Name} is. Leave the version out to follow promotions."));
        }

        var prompt = policy.Tokenizer.EncodePrompt(request.Messages);
        if (prompt.Length >= policy.Config.MaxPositions)
        {
            return (null, OpenAiError.Invalid("context_length_exceeded", "messages", $"The conversation takes {prompt.Length} tokens and {policy.Name} holds {policy.Config.MaxPositions}, the answer included."));
        }

        var silent = defaults.Of(request.Pipeline);
        var answer = policy.TryAsk(
            new GenerationRequest(
                prompt,
                Math.Min(request.MaxTokens ?? silent.MaxNewTokens, policy.Config.MaxPositions - prompt.Length),
                request.Temperature ?? silent.Temperature,
                request.TopP ?? silent.TopP,
                request.Seed ?? Random.Shared.NextInt64()),
            cancellationToken);
        if (answer is null)
        {
            return (null, OpenAiError.Busy($"{options.Value.QueueCapacity} requests wait for {policy.Name} already. Try again in a moment."));
        }

        GenerationResult result;
        try
        {
            result = await answer;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, policy.Name);
            return (null, OpenAiError.Failed($"{policy.Name} could not answer; the server's log says why."));
        }

        var text = policy.Tokenizer.Decode(result.Tokens);
        var now = clock.GetUtcNow();
        var inference = new Inference(
            $"chatcmpl-{Guid.CreateVersion7(now):N}",
            request.Pipeline,
            policy.Champion.Version,
            now.ToUnixTimeMilliseconds(),
            prompt.Length,
            result.Tokens.Length,
            result.FinishReason == FinishReason.Stop ? "stop" : "length",
            askedBy,
            OnRecord(JsonSerializer.Serialize(request.Messages, OpenAiResults.Json)),
            OnRecord(text));
        await log.WriteAsync(inference);
        return (ChatCompletion.Of(inference.InferenceId, now.ToUnixTimeSeconds(), policy.Name, text, inference.FinishReason, prompt.Length, result.Tokens.Length), null);
    }

    /// <summary>Cut to the configured length, and with nothing in it that a database refuses: no NUL, and no character cut in half.</summary>
    private string OnRecord(string text)
    {
        var length = Math.Min(text.Length, options.Value.LoggedCharacters);
        if (length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return text[..length].Replace('\0', '\uFFFD');
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Model} could not answer")]
    private partial void LogFailed(Exception exception, string model);
}
