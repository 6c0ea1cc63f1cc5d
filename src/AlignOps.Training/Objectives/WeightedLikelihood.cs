using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// Imitation of every answer of an example, token by token as its shape weighs it: L = (1/Z) Σ_t −w_t·log π(y_t) where w_t is above 0 and
/// −|w_t|·log(1 − π(y_t)) where it is below, for tokens that are not to be said. Z is the step's scored tokens, or its sequences where the method has it so.
/// </summary>
/// <param name="bySequences">Z counts sequences: a long answer weighs by its tokens.</param>
public sealed class WeightedLikelihood(string name, bool bySequences = false) : IObjective
{
    public string Name => name;

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples) => new(
        examples,
        [
            .. examples.SelectMany((example, i) => Enumerable.Range(0, example.Candidates.Count)
                .Select(c => new PlannedSequence(i, c, example.Sequence(c)) { Weights = example.ScoredWeights(c) })
                .Where(planned => planned.Sequence.ScoredCount > 0)),
        ]);

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double total = bySequences ? plan.Sequences.Count : plan.ScoredTokens;
        double loss = 0, said = 0, unsaid = 0;
        int unwanted = 0;
        List<double[]> gradients = [];
        foreach (ScoredSequence sequence in scored)
        {
            var gradient = new double[sequence.LogProbabilities.Length];
            for (int t = 0; t < gradient.Length; t++)
            {
                double weight = sequence.Planned.Weights?[t] ?? 1;
                (double tokenLoss, double slope) = TokenLosses.Weighted(sequence.LogProbabilities[t], weight);
                loss += tokenLoss / total;
                gradient[t] = slope / total;
                if (weight < 0)
                {
                    unsaid += TokenLosses.Unlikelihood(sequence.LogProbabilities[t]).Loss;
                    unwanted++;
                }
                else
                {
                    said -= sequence.LogProbabilities[t];
                }
            }

            gradients.Add(gradient);
        }

        int tokens = scored.Sum(s => s.LogProbabilities.Length);
        return new LossResult(loss, gradients, [new MetricSum("nll_loss", said, tokens - unwanted), new MetricSum("unlikelihood_loss", unsaid, unwanted)]);
    }
}
