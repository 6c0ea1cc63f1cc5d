using AlignOps.Models.Policies;
using AlignOps.Training.Examples;

namespace AlignOps.Training.HeldOut;

/// <summary>Scores held-out examples: does the policy prefer what people preferred, by log-probability per token?</summary>
public static class HeldOutEvaluation
{
    /// <param name="maxTokens">Tokens that go through the engine at once.</param>
    public static HeldOutReport Run(IPolicyModel policy, IReadOnlyList<TrainingExample> examples, int maxTokens = 4096, CancellationToken cancellationToken = default)
    {
        List<HeldOutOutcome> outcomes = [];
        for (int start = 0, end; start < examples.Count; start = end)
        {
            int tokens = 0;
            for (end = start; end < examples.Count && (end == start || tokens + examples[end].Tokens <= maxTokens); end++)
            {
                tokens += examples[end].Tokens;
            }

            cancellationToken.ThrowIfCancellationRequested();
            TrainingExample[] part = [.. examples.Skip(start).Take(end - start)];
            IReadOnlyList<float[]> scored = policy.Score([.. part.SelectMany(e => Enumerable.Range(0, e.Candidates.Count).Select(e.Sequence))]);
            int at = 0;
            foreach (TrainingExample example in part)
            {
                outcomes.Add(Outcome(example, [.. scored.Skip(at).Take(example.Candidates.Count)]));
                at += example.Candidates.Count;
            }
        }

        return new HeldOutReport(outcomes);
    }

    private static HeldOutOutcome Outcome(TrainingExample example, float[][] logProbabilities)
    {
        double[] sums = [.. logProbabilities.Select(l => l.Sum(v => (double)v))];
        double[] perToken = [.. sums.Select((sum, i) => sum / logProbabilities[i].Length)];
        int pairs = 0, right = 0;
        for (int worse = 0; worse < sums.Length; worse++)
        {
            for (int better = 0; better < sums.Length; better++)
            {
                if (example.Rank(worse) < example.Rank(better))
                {
                    pairs++;
                    right += perToken[worse] < perToken[better] ? 1 : 0;
                }
            }
        }

        return new HeldOutOutcome(example.RowId, pairs, right, -sums[example.Best], logProbabilities[example.Best].Length);
    }
}
