using AlignOps.Models.Policies;
using AlignOps.Training.Examples;

namespace AlignOps.Training.HeldOut;

/// <summary>Held-out examples under a policy with a scalar head: does its value order answers as people did?</summary>
internal static class HeldOutValues
{
    /// <param name="maxTokens">Tokens that go through the engine at once.</param>
    public static HeldOutReport Run(
        ITrainablePolicy policy, IReadOnlyList<TrainingExample> examples, int maxTokens = 4096, CancellationToken cancellationToken = default)
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
            using IForwardPass pass = policy.Forward(
                [.. part.SelectMany(e => e.Candidates.Select((c, i) => TokenSequence.ForValue([.. e.PromptOf(i), .. c.Answer])))]);
            int at = 0;
            foreach (TrainingExample example in part)
            {
                outcomes.Add(Outcome(example, [.. pass.Values!.Skip(at).Take(example.Candidates.Count)]));
                at += example.Candidates.Count;
            }
        }

        return new HeldOutReport(outcomes);
    }

    private static HeldOutOutcome Outcome(TrainingExample example, float[] values)
    {
        int pairs = 0, right = 0;
        for (int worse = 0; worse < values.Length; worse++)
        {
            for (int better = 0; better < values.Length; better++)
            {
                if (example.Rank(worse) < example.Rank(better))
                {
                    pairs++;
                    right += values[worse] < values[better] ? 1 : 0;
                }
            }
        }

        return new HeldOutOutcome(example.RowId, pairs, right, BestNegativeLogLikelihood: 0, BestTokens: 0);
    }
}
