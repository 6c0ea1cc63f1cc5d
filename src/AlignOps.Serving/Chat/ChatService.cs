using AlignOps.Models.Generation;
using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Chat.Wire;
using AlignOps.Serving.Policies;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Chat;

/// <summary>Opens a session on the policy that is to answer, or says why there is none.</summary>
internal sealed class ChatService(
    PolicyCatalog catalog,
    ServingDefaults defaults,
    ChatRecorder recorder,
    IOptions<ServingOptions> options,
    TimeProvider clock)
{
    public (ChatSession? Session, OpenAiError? Error) Open(ChatRequest request, ChatCaller caller, CancellationToken aborted)
    {
        if (catalog.Enter(request.Pipeline) is not { } lease)
        {
            return (null, NotServed(request.Pipeline));
        }

        var prompt = lease.Policy.Tokenizer.EncodePrompt(request.Messages);
        if (Refusal(request, lease.Policy, prompt.Length) is { } refusal)
        {
            lease.Dispose();
            return (null, refusal);
        }

        var session = new ChatSession(lease, Settle(request, caller, lease.Policy, prompt.Length), recorder, aborted);
        if (session.TryStart(Generation(request, lease.Policy, prompt)))
        {
            return (session, null);
        }

        session.Dispose();
        return (null, OpenAiError.Busy($"{lease.Policy.Name} has {options.Value.QueueCapacity} requests waiting and takes no more. Try again in a moment."));
    }

    private OpenAiError NotServed(string pipeline) => catalog switch
    {
        { Ready: false } => OpenAiError.Unavailable("This server has not read yet which models it serves. Try again in a moment."),
        _ when catalog.FaultOf(pipeline) is { } fault => OpenAiError.Unavailable($"{fault.Sentence} It is being tried again."),
        _ => OpenAiError.NotFound("model_not_found", null, $"The model '{pipeline}' does not exist or has no champion yet. GET /v1/models lists what is served."),
    };

    private static OpenAiError? Refusal(ChatRequest request, ServedPolicy policy, int promptTokens)
    {
        if (request.Version is { } version && version != policy.Champion.Version)
        {
            return OpenAiError.NotFound("model_not_found", null, $"The model '{request.Pipeline}@{version}' is not served; {policy.Name} is. Leave the version out to follow promotions.");
        }

        var room = policy.Config.MaxPositions;
        return promptTokens < room ? null : OpenAiError.Invalid(
            "context_length_exceeded", "messages",
            $"This model's maximum context length is {room} tokens, the answer included. However, your messages resulted in {promptTokens} tokens. Please reduce the length of the messages.");
    }

    private ChatContext Settle(ChatRequest request, ChatCaller caller, ServedPolicy policy, int promptTokens)
    {
        var now = clock.GetUtcNow();
        var header = new ChatHeader($"chatcmpl-{Guid.CreateVersion7(now):N}", now.ToUnixTimeSeconds(), policy.Name, SystemFingerprint.Of(policy.Model));
        return new ChatContext(request, caller, header, policy.Champion, promptTokens);
    }

    private GenerationRequest Generation(ChatRequest request, ServedPolicy policy, int[] prompt)
    {
        var silent = defaults.Of(request.Pipeline);
        return new GenerationRequest(
            prompt,
            Math.Min(request.MaxTokens ?? silent.MaxNewTokens, policy.Config.MaxPositions - prompt.Length),
            request.Temperature ?? silent.Temperature,
            request.TopP ?? silent.TopP,
            request.Seed ?? Random.Shared.NextInt64())
        {
            LikeliestTokens = request.TopLogProbabilities,
        };
    }
}
