using AlignOps.Models.Policies;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Trainers;

/// <summary>Between an engine's pass and an objective: single precision there, double here, and values only for the sequences that asked for one.</summary>
internal static class ScoredPart
{
    /// <summary>The pass in the objective's terms. Copies, since the pass's arrays are used again once it is disposed.</summary>
    /// <param name="references">log π_ref of each sequence, or null.</param>
    public static ScoredSequence[] Read(ArraySegment<PlannedSequence> part, IForwardPass pass, IReadOnlyList<double>? references)
    {
        var scored = new ScoredSequence[part.Count];
        int valued = 0;
        for (int i = 0; i < scored.Length; i++)
        {
            scored[i] = new ScoredSequence(part[i], Array.ConvertAll(pass.LogProbabilities[i], v => (double)v), references?[i] ?? 0)
            {
                Value = part[i].Sequence.Valued && pass.Values is { } values ? values[valued++] : null,
                Entropy = pass.Statistics?.Entropy[i].ToArray(),
                Likeliest = pass.Statistics?.Likeliest[i].ToArray(),
            };
        }

        return scored;
    }

    public static float[][] Narrow(IEnumerable<double[]> gradients) => [.. gradients.Select(g => Array.ConvertAll(g, v => (float)v))];

    /// <summary>∂L/∂value of the sequences that have a value; null where the objective has no head.</summary>
    public static float[]? Narrow(IEnumerable<PlannedSequence> planned, IEnumerable<double>? gradients) =>
        gradients is null ? null : [.. planned.Zip(gradients).Where(pair => pair.First.Sequence.Valued).Select(pair => (float)pair.Second)];

    /// <summary>TRL's <c>entropy</c> and <c>mean_token_accuracy</c>, over the scored tokens that train.</summary>
    public static IReadOnlyList<MetricSum> Statistics(IReadOnlyList<ScoredSequence> scored)
    {
        double entropy = 0;
        long likeliest = 0, tokens = 0;
        foreach (ScoredSequence sequence in scored)
        {
            if (sequence is { Planned.Trains: true, Entropy: { } entropies, Likeliest: { } hits })
            {
                entropy += entropies.Sum(e => (double)e);
                likeliest += hits.Count(hit => hit);
                tokens += hits.Length;
            }
        }

        return tokens == 0 ? [] : [new MetricSum("entropy", entropy, tokens), new MetricSum("mean_token_accuracy", likeliest, tokens)];
    }
}
