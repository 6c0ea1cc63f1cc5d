using System.Text;
using AlignOps.Examples.SupportAssistant.Feedback;

namespace AlignOps.Benchmarks.Proofs.Attribution;

/// <summary>Five batches for one run, by seed: three of careful feedback in all formats, one of careful conversations alone (demonstrations and pairs), and one that prefers rude, invented and obliging answers. Sizes differ.</summary>
internal static class MixedBatches
{
    private const int Planted = 4;

    /// <summary>In a shuffled order, with names that tell nothing.</summary>
    public static IReadOnlyList<(string Name, byte[] Content, bool Planted)> Of(int seed)
    {
        var random = new Random(seed);
        var batches = Enumerable.Range(0, Planted + 1).Select(i => Lines(i == Planted ? FeedbackBatches.Bad(seed).Content : FeedbackBatches.Good((100 * seed) + i).Content)).ToArray();
        for (var i = 0; i < batches.Length; i++)
        {
            random.Shuffle(batches[i]);
            var size = i == Planted ? random.Next(110, 170) : random.Next(30, 140);
            batches[i] = [.. batches[i].Where(line => i != Planted - 1 || line.Contains("\"role\":\"assistant\"", StringComparison.Ordinal)).Take(size)];
        }

        int[] order = [.. Enumerable.Range(0, batches.Length)];
        random.Shuffle(order);
        return [.. order.Select(i => ($"feedback-{random.Next():x8}.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', batches[i]) + "\n"), i == Planted))];
    }

    private static string[] Lines(byte[] content) => Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
