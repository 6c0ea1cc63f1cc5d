using AlignOps.Models.Policies;

namespace AlignOps.Models.Torch.Passes;

internal static class Scores
{
    /// <summary>What runs found of each scored token, an array a sequence of the call; empty where nothing was scored.</summary>
    public static IReadOnlyList<T[]> Split<T>(IReadOnlyList<TokenSequence> sequences, IEnumerable<BatchRun> runs, Func<BatchRun, T[]> found)
    {
        T[][] split = [.. sequences.Select(_ => Array.Empty<T>())];
        foreach (BatchRun run in runs)
        {
            int first = 0;
            foreach (int member in run.Batch.Members)
            {
                int count = sequences[member].ScoredCount;
                split[member] = found(run)[first..(first + count)];
                first += count;
            }
        }

        return split;
    }

    /// <summary>The values of the sequences that asked for one, in the order of the call.</summary>
    public static float[] Values(IReadOnlyList<TokenSequence> sequences, IEnumerable<BatchRun> runs)
    {
        var values = new float[sequences.Count];
        foreach (BatchRun run in runs)
        {
            foreach ((int member, float value) in run.Batch.ValuedMembers.Zip(run.Values))
            {
                values[member] = value;
            }
        }

        return [.. values.Where((_, member) => sequences[member].Valued)];
    }
}
