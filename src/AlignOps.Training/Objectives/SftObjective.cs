using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// Supervised fine-tuning on the best answer of each example: L = −(1/N) Σ log π(y_t), N being the scored tokens of the whole optimizer step,
/// so that a long answer weighs by its tokens whatever micro-batch it falls into.
/// </summary>
/// <param name="minScore">Answers that score lower are not imitated; null imitates the best whatever it scores.</param>
public sealed class SftObjective(double? minScore = null) : IObjective
{
    public string Name => "sft";

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples)
    {
        List<PlannedSequence> sequences = [];
        for (int i = 0; i < examples.Count; i++)
        {
            int best = examples[i].Best;
            if (minScore is null || examples[i].Rank(best) >= minScore)
            {
                sequences.Add(new PlannedSequence(i, best, examples[i].Sequence(best)));
            }
        }

        return new StepPlan(examples, sequences);
    }

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double negativeLogLikelihood = -scored.Sum(s => s.Sum);
        double slope = -1.0 / plan.ScoredTokens;
        return new LossResult(
            negativeLogLikelihood / plan.ScoredTokens,
            [.. scored.Select(s => s.LogProbabilities.Select(_ => slope).ToArray())],
            [
                new MetricSum("sft_loss", negativeLogLikelihood, scored.Sum(s => s.LogProbabilities.Length)),
                new MetricSum("logps/chosen", -negativeLogLikelihood, scored.Count),
            ]);
    }
}
