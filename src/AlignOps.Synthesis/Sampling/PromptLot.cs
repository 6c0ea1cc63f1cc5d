using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Feedback;

namespace AlignOps.Synthesis.Sampling;

/// <summary>Chooses prompts by the hash of (seed, prompt): whatever order the rows come in, and whatever other prompts there are.</summary>
internal static class PromptLot
{
    /// <summary>At most <paramref name="most"/> distinct prompts of people's rows.</summary>
    public static IReadOnlyList<SampledPrompt> Draw(IEnumerable<FeedbackRow> rows, long seed, int most) =>
    [
        .. rows.Where(r => r.Provenance.SyntheticDepth == 0)
            .OrderBy(r => r.Id, StringComparer.Ordinal)
            .DistinctBy(r => Hash(r.Prompt, seed))
            .Select(r => new SampledPrompt(r, Hash(r.Prompt, seed)))
            .OrderBy(p => p.Lot)
            .Take(most),
    ];

    private static long Hash(IReadOnlyList<ChatMessage> prompt, long seed)
    {
        byte[] texts = JsonSerializer.SerializeToUtf8Bytes(prompt.SelectMany(m => new[] { m.Role, m.Content }));
        var input = new byte[sizeof(long) + texts.Length];
        BinaryPrimitives.WriteInt64LittleEndian(input, seed);
        texts.CopyTo(input, sizeof(long));
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(input));
    }
}
