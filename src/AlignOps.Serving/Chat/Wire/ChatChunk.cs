namespace AlignOps.Serving.Chat.Wire;

/// <summary>OpenAI's <c>chat.completion.chunk</c>, one event of a stream.</summary>
internal record ChatChunk(
    string Id,
    string Object,
    long Created,
    string Model,
    string SystemFingerprint,
    IReadOnlyList<ChunkChoice> Choices)
{
    public static ChatChunk Of(ChatHeader header, IReadOnlyList<ChunkChoice> choices) =>
        new(header.Id, "chat.completion.chunk", header.Created, header.Model, header.SystemFingerprint, choices);

    /// <summary>The same with <c>usage</c>, which a stream that asked for it carries as null until its last chunk.</summary>
    public ChatChunk With(ChatUsage? usage) => new CountedChunk(this, usage);

    private sealed record CountedChunk : ChatChunk
    {
        public CountedChunk(ChatChunk chunk, ChatUsage? usage)
            : base(chunk) => Usage = usage;

        public ChatUsage? Usage { get; }
    }
}
