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
        foreach (TrainingExample[] part in HeldOutParts.Of(examples, maxTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
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
        (int pairs, int right) = HeldOutParts.Order(example, perToken);
        return new HeldOutOutcome(example.RowId, pairs, right, -sums[example.Best], logProbabilities[example.Best].Length);
    }
}
