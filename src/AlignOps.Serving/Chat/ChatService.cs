using AlignOps.Models.Generation;
using AlignOps.Models.Tokenization;
using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Chat.Wire;
using AlignOps.Serving.Policies;
using AlignOps.Serving.Routing;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Chat;

/// <summary>Opens a session on the policy that is to answer, or says why there is none.</summary>
internal sealed class ChatService(
    PolicyCatalog catalog,
    PolicyRouter router,
    ShadowRunner shadows,
    ServingDefaults defaults,
    ChatRecorder recorder,
    IOptions<ServingOptions> options,
    TimeProvider clock)
{
    public (ChatSession? Session, OpenAiError? Error) Open(ChatRequest request, ChatCaller caller, CancellationToken aborted)
    {
        if (router.Enter(request, caller.Name, caller.Wanted) is not { } route)
        {
            return (null, NotServed(request.Pipeline, caller.Wanted));
        }

        var (lease, started) = (route.Lease, clock.GetTimestamp());
        var (prompt, refused) = Prompt(request, lease.Policy);
        if ((refused ?? Refusal(request, lease.Policy, prompt.Length)) is { } refusal)
        {
            Leave(route);
            return (null, refusal);
        }

        var generation = Generation(request, lease.Policy, prompt);
        var session = new ChatSession(lease, Settle(request, caller, route.Assignment, lease.Policy, prompt.Length, started), recorder, aborted);
        if (session.TryStart(generation))
        {
            if (route.Shadow is { } shadow) Cast(request, caller, shadow, route.ShadowAssignment!, generation, started);
            return (session, null);
        }

        session.Dispose();
        route.Shadow?.Dispose();
        return (null, OpenAiError.Busy($"{lease.Policy.Name} has {options.Value.QueueCapacity} requests waiting and takes no more. Try again in a moment."));
    }

    /// <summary>The same question to the candidate. Its tokenizer may be another one, so the prompt is made anew; what does not fit it is not asked.</summary>
    private void Cast(ChatRequest request, ChatCaller caller, PolicyLease shadow, Assignment assignment, GenerationRequest generation, long started)
    {
        var (prompt, refused) = Prompt(request, shadow.Policy);
        if ((refused ?? Refusal(request, shadow.Policy, prompt.Length)) is not null)
        {
            shadow.Dispose();
            return;
        }

        shadows.Start(shadow, Settle(request, caller, assignment, shadow.Policy, prompt.Length, started), generation with { Prompt = prompt, LikeliestTokens = 0 });
    }

    private static (int[] Prompt, OpenAiError? Refused) Prompt(ChatRequest request, ServedPolicy policy)
    {
        try
        {
            return (policy.Tokenizer.EncodePrompt(request.Messages), null);
        }
        catch (ChatTemplateException refusal)
        {
            return ([], OpenAiError.Invalid(refusal.Fault.Code, "messages", refusal.Message));
        }
    }

    private static void Leave(Route route)
    {
        route.Lease.Dispose();
        route.Shadow?.Dispose();
    }

    private OpenAiError NotServed(string pipeline, string? wanted) => catalog switch
    {
        { Ready: false } => OpenAiError.Unavailable("This server has not read yet which models it serves. Try again in a moment."),
        _ when wanted is Roles.Canary or Roles.Shadow && catalog.Find(pipeline) is not null => OpenAiError.NotFound("model_not_found", Roles.Header, $"The model '{pipeline}' has no {wanted} now."),
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

    private ChatContext Settle(ChatRequest request, ChatCaller caller, Assignment assignment, ServedPolicy policy, int promptTokens, long started)
    {
        var now = clock.GetUtcNow();
        var header = new ChatHeader($"chatcmpl-{Guid.CreateVersion7(now):N}", now.ToUnixTimeSeconds(), policy.Name, SystemFingerprint.Of(policy.Model));
        return new ChatContext(request, caller, header, policy.Champion, promptTokens, assignment, started);
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
