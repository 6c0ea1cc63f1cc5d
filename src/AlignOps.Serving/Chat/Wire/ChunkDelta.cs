using System.Text.Json.Serialization;

namespace AlignOps.Serving.Chat.Wire;

/// <summary>What is new; a key without news is left out.</summary>
internal sealed record ChunkDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content = null);
