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
        foreach (TrainingExample[] part in HeldOutParts.Of(examples, maxTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
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
        (int pairs, int right) = HeldOutParts.Order(example, values);
        return new HeldOutOutcome(example.RowId, pairs, right, BestNegativeLogLikelihood: 0, BestTokens: 0);
    }
}
