using System.Text.Json;
using AlignOps.Models.Generation;
using AlignOps.Serving.Chat.Answers;
using AlignOps.Serving.Inferences;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Chat.Sessions;

/// <summary>Puts each choice on record under its inference id.</summary>
internal sealed class ChatRecorder(InferenceLog log, IOptions<ServingOptions> options, TimeProvider clock)
{
    /// <summary>The finish reason of an answer whose reader left: what was written until then.</summary>
    private const string Abandoned = "abandoned";

    public Task WriteAsync(ChatContext context, AnswerWriter answer, string finishReason) =>
        log.WriteAsync(Record(context, answer.Index, answer.Tokens, finishReason, answer.Text));

    /// <summary>A shadow's answer, which nobody is sent.</summary>
    public Task WriteShadowAsync(ChatContext context, GenerationResult answer, string text) =>
        log.WriteAsync(Record(context, 0, answer.Tokens.Length, answer.FinishReason == FinishReason.Stop ? "stop" : "length", text));

    /// <summary>The policy failed: no answer, but evidence.</summary>
    public Task WriteFailedAsync(ChatContext context, int choice, Exception fault) =>
        log.WriteAsync(Record(context, choice, 0, "error", "") with { Error = OnRecord(fault.GetType().Name) });

    private Inference Record(ChatContext context, int choice, int tokens, string finishReason, string text) => new(
        context.Header.InferenceId(choice),
        context.Champion.Pipeline,
        context.Champion.Version,
        clock.GetUtcNow().ToUnixTimeMilliseconds(),
        context.PromptTokens,
        tokens,
        finishReason,
        context.Caller.Name,
        OnRecord(JsonSerializer.Serialize(context.Request.Messages, OpenAiResults.Json)),
        OnRecord(text))
    {
        Role = context.Assignment.Role,
        Checkpoint = context.Champion.Model.Checkpoint,
        Adapter = context.Champion.Model.Adapter,
        DeploymentId = context.Assignment.DeploymentId,
        ClusterKey = context.Assignment.Cluster,
        Forced = context.Assignment.Forced ? 1 : 0,
        Milliseconds = (long)clock.GetElapsedTime(context.Started).TotalMilliseconds,
    };

    /// <summary>A reader who left may have seen the beginning, and may have an opinion about it.</summary>
    public Task WriteAbandonedAsync(ChatContext context, AnswerWriter answer) =>
        answer.Tokens == 0 ? Task.CompletedTask : WriteAsync(context, answer, Abandoned);

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
}
