using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlignOps.Serving.Chat.Wire;

/// <summary>OpenAI's <c>chat.completion.chunk</c>, one event of a stream.</summary>
internal sealed record ChatChunk(
    string Id,
    string Object,
    long Created,
    string Model,
    string SystemFingerprint,
    IReadOnlyList<ChunkChoice> Choices)
{
    /// <summary>Left out of a stream that did not ask for it; in one that did, JSON's null until the last chunk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Usage { get; private init; }

    public static ChatChunk Of(ChatHeader header, IReadOnlyList<ChunkChoice> choices) =>
        new(header.Id, "chat.completion.chunk", header.Created, header.Model, header.SystemFingerprint, choices);

    public ChatChunk With(ChatUsage? usage) => this with { Usage = JsonSerializer.SerializeToElement(usage, OpenAiResults.Json) };
}
