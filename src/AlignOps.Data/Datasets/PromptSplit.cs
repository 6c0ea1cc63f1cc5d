using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace AlignOps.Data.Datasets;

/// <summary>
/// Decides by a prompt's hash alone on which side of the split it stands. It takes no seed: a prompt that was held out once is held out in
/// every later version, so replay never trains on what an earlier run was measured with.
/// </summary>
internal static class PromptSplit
{
    public static bool IsHeldOut(IReadOnlyList<ChatMessage> prompt, double share) => Position(prompt) < share;

    /// <summary>The prompt's place in [0, 1), uniform over prompts.</summary>
    private static double Position(IReadOnlyList<ChatMessage> prompt)
    {
        var texts = JsonSerializer.SerializeToUtf8Bytes(prompt.SelectMany(message => new[] { message.Role, message.Content }));
        return (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(texts)) >> 11) * (1.0 / (1UL << 53));
    }
}
