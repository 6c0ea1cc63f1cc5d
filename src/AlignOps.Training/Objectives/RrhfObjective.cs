using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// RRHF: Rank Responses to align language models with Human Feedback (Yuan et al., 2023, arXiv 2304.05302). For each prompt
/// L = w·Σ_{r_i&lt;r_j} max(0, p_i − p_j) − log π(best), a sum over strictly ordered pairs that the policy orders wrongly, with no margin and no reference policy;
/// a step's loss is the mean over its prompts.
/// </summary>
public sealed class RrhfObjective(RrhfOptions options) : IObjective
{
    public string Name => "rrhf";

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples)
    {
        List<PlannedSequence> sequences = [];
        for (int i = 0; i < examples.Count; i++)
        {
            TrainingExample example = examples[i];
            if (HasOrder(example))
            {
                sequences.AddRange(Enumerable.Range(0, example.Candidates.Count).Select(c => new PlannedSequence(i, c, example.Sequence(c))));
            }
            else if (Imitates(example))
            {
                sequences.Add(new PlannedSequence(i, example.Best, example.Sequence(example.Best)));
            }
        }

        return new StepPlan(examples, sequences);
    }

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        var gradients = new double[scored.Count][];
        var metrics = new RrhfMetrics();
        double loss = 0;
        for (int start = 0, end; start < scored.Count; start = end)
        {
            int at = scored[start].Planned.Example;
            for (end = start + 1; end < scored.Count && scored[end].Planned.Example == at;)
            {
                end++;
            }

            ScoredSequence[] answers = [.. scored.Skip(start).Take(end - start)];
            loss += PromptLoss(plan.Examples[at], answers, gradients.AsSpan(start, end - start), 1.0 / plan.Examples.Count, metrics);
        }

        return new LossResult(loss / plan.Examples.Count, gradients, metrics.Sums);
    }

    private static bool HasOrder(TrainingExample example) =>
        Enumerable.Range(1, example.Candidates.Count - 1).Any(c => example.Rank(c) != example.Rank(0));

    private bool Imitates(TrainingExample example) => options.SftMinScore is null || example.Rank(example.Best) >= options.SftMinScore;

    /// <summary>One prompt's loss; fills the gradients of its answers times <paramref name="share"/>.</summary>
    private double PromptLoss(TrainingExample example, ScoredSequence[] answers, Span<double[]> gradients, double share, RrhfMetrics metrics)
    {
        int padded = answers.Max(a => a.Planned.Tokens);
        double[] sums = [.. answers.Select(a => a.Sum)];
        double[] lengths = [.. answers.Select(a => Math.Pow(options.Semantics == RrhfSemantics.Paper ? a.LogProbabilities.Length : padded, options.LengthPenalty))];
        double[] scores = [.. sums.Zip(lengths, (sum, length) => sum / length)];
        double[] ranks = [.. answers.Select(a => example.Rank(a.Planned.Candidate))];
        var slopes = new double[answers.Length];

        double rankLoss = 0;
        for (int worse = 0; worse < answers.Length; worse++)
        {
            for (int better = 0; better < answers.Length; better++)
            {
                if (ranks[worse] < ranks[better] && scores[worse] > scores[better])
                {
                    rankLoss += scores[worse] - scores[better];
                    slopes[worse] += options.RankWeight / lengths[worse];
                    slopes[better] -= options.RankWeight / lengths[better];
                }
            }
        }

        double loss = options.RankWeight * rankLoss;
        if (Imitates(example))
        {
            int best = Array.FindIndex(answers, a => a.Planned.Candidate == example.Best);
            double divisor = options switch
            {
                { Semantics: RrhfSemantics.Reference } => padded,
                { SftNormalisation: RrhfNormalisation.Tokens } => answers[best].LogProbabilities.Length,
                _ => 1,
            };
            loss -= sums[best] / divisor;
            slopes[best] -= 1 / divisor;
            metrics.Imitated(-sums[best] / divisor);
        }

        for (int i = 0; i < answers.Length; i++)
        {
            gradients[i] = new double[answers[i].LogProbabilities.Length];
            Array.Fill(gradients[i], slopes[i] * share);
        }

        metrics.Ranked(ranks, scores, sums, rankLoss);
        return loss;
    }
}
