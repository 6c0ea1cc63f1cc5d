using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// Supervised fine-tuning on the best answer of each example: L = −(1/N) Σ log π(y_t), N being the scored tokens of the whole optimizer step,
/// so that a long answer weighs by its tokens whatever micro-batch it falls into. Dynamic fine-tuning (Wu et al., 2025, arXiv 2508.05629) weighs each token
/// by its own probability without a gradient, −(1/N) Σ sg(π(y_t))·log π(y_t): what the policy finds impossible no longer rules the gradient.
/// </summary>
/// <param name="minScore">Answers that score lower are not imitated; null imitates the best whatever it scores.</param>
/// <param name="dynamic">Dynamic fine-tuning.</param>
public sealed class SftObjective(double? minScore = null, bool dynamic = false) : IObjective
{
    public string Name => dynamic ? "dft" : "sft";

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples)
    {
        List<PlannedSequence> sequences = [];
        for (int i = 0; i < examples.Count; i++)
        {
            int best = examples[i].Best;
            if (minScore is null || examples[i].Rank(best) >= minScore)
            {
                sequences.Add(new PlannedSequence(i, best, examples[i].Sequence(best)) { Weights = examples[i].ScoredWeights(best) });
            }
        }

        return new StepPlan(examples, sequences);
    }

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double[][] gradients = [.. scored.Select(s => s.LogProbabilities.Select((log, t) => -Weight(s, t, log) / plan.ScoredTokens).ToArray())];
        double negativeLogLikelihood = -scored.Sum(s => s.Sum);
        return new LossResult(
            scored.Select((s, i) => s.LogProbabilities.Zip(gradients[i]).Sum(token => token.First * token.Second)).Sum(),
            gradients,
            [
                new MetricSum("sft_loss", negativeLogLikelihood, scored.Sum(s => s.LogProbabilities.Length)),
                new MetricSum("logps/chosen", -negativeLogLikelihood, scored.Count),
            ]);
    }

    private double Weight(ScoredSequence scored, int token, double logProbability) =>
        (scored.Planned.Weights?[token] ?? 1) * (dynamic ? Math.Exp(logProbability) : 1);
}
