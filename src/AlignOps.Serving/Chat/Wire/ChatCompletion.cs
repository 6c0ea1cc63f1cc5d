namespace AlignOps.Serving.Chat.Wire;

/// <summary>OpenAI's <c>chat.completion</c>.</summary>
internal sealed record ChatCompletion(
    string Id,
    string Object,
    long Created,
    string Model,
    IReadOnlyList<ChatChoice> Choices,
    ChatUsage Usage,
    string SystemFingerprint)
{
    public static ChatCompletion Of(ChatHeader header, IReadOnlyList<ChatChoice> choices, ChatUsage usage) =>
        new(header.Id, "chat.completion", header.Created, header.Model, choices, usage, header.SystemFingerprint);
}
