using AlignOps.Models.Policies;

namespace AlignOps.Models.Torch.Passes;

internal static class Scores
{
    /// <summary>What runs found, an array a sequence of the call; empty where nothing was scored.</summary>
    public static IReadOnlyList<float[]> Split(IReadOnlyList<TokenSequence> sequences, IEnumerable<BatchRun> runs)
    {
        float[][] split = [.. sequences.Select(_ => Array.Empty<float>())];
        foreach (BatchRun run in runs)
        {
            int first = 0;
            foreach (int member in run.Batch.Members)
            {
                int count = sequences[member].ScoredCount;
                split[member] = run.Scores[first..(first + count)];
                first += count;
            }
        }

        return split;
    }
}
