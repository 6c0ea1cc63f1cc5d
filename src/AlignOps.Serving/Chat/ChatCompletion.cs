using AlignOps.Data;

namespace AlignOps.Serving.Chat;

/// <summary>OpenAI's <c>chat.completion</c> object. <c>Id</c> is what feedback names, <c>Model</c> is the version that answered.</summary>
internal sealed record ChatCompletion(string Id, string Object, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage)
{
    public static ChatCompletion Of(string id, long created, string model, string answer, string finishReason, int promptTokens, int completionTokens) => new(
        id, "chat.completion", created, model,
        [new ChatChoice(0, new ChatMessage("assistant", answer), finishReason)],
        new ChatUsage(promptTokens, completionTokens, promptTokens + completionTokens));
}
