using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// PRO: Preference Ranking Optimization (Song et al., 2023, arXiv 2306.17492). With the answers from best to worst, p = s/T and τ_kj = R_k − R_j,
/// L_k = ln(e^{τ_k p_k} + Σ_{j&gt;k} e^{τ_kj p_j} + 1e-10) − τ_k p_k, τ_k = max_j τ_kj, for every answer but the last; beside their sum stands
/// w·(n − 1)²·(−s_best), as in the published code. A step's loss is the mean over its rankings. No reference policy.
/// </summary>
public sealed class ProObjective(ProOptions options) : IObjective
{
    private const double Floor = 1e-10;

    public string Name => "pro";

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples) => new(
        examples,
        [.. examples.SelectMany((example, i) => Ranked(example).Order().Select(c => new PlannedSequence(i, c, example.Sequence(c))))]);

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double share = 1.0 / Math.Max(1, plan.Examples.Count(e => Ranked(e).Length > 0));
        var gradients = new double[scored.Count][];
        var metrics = new RrhfMetrics();
        double total = 0;
        foreach (IGrouping<int, int> answers in Enumerable.Range(0, scored.Count).GroupBy(i => scored[i].Planned.Example))
        {
            TrainingExample example = plan.Examples[answers.Key];
            int[] ranked = [.. Ranked(example).Select(c => answers.Single(i => scored[i].Planned.Candidate == c))];
            double[] rewards = [.. ranked.Select(i => example.Rank(scored[i].Planned.Candidate))];
            double[] sums = [.. ranked.Select(i => scored[i].Sum)];
            int[] lengths = [.. ranked.Select(i => scored[i].LogProbabilities.Length)];
            (double ranking, double[] slopes) = Ranking(rewards, sums, lengths);
            double weight = options.ImitationWeight * (ranked.Length - 1) * (ranked.Length - 1);
            slopes[0] -= weight;
            total += share * (ranking - (weight * sums[0]));
            for (int i = 0; i < ranked.Length; i++)
            {
                gradients[ranked[i]] = new double[lengths[i]];
                Array.Fill(gradients[ranked[i]], share * slopes[i]);
            }

            metrics.Imitated(-sums[0]);
            metrics.Ranked(rewards, [.. sums.Zip(lengths, (sum, length) => sum / length)], sums, ranking);
        }

        return new LossResult(total, gradients, metrics.Sums);
    }

    /// <summary>The scored answers from best to worst, the first of equals first; none where no two differ.</summary>
    private static int[] Ranked(TrainingExample example)
    {
        int[] ranked = [.. Enumerable.Range(0, example.Candidates.Count).Where(c => example.Candidates[c].Score is not null).OrderByDescending(example.Rank)];
        return ranked.Length > 1 && example.Rank(ranked[0]) > example.Rank(ranked[^1]) ? ranked : [];
    }

    /// <summary>Σ_k L_k and its slopes by the answers' sums, best first.</summary>
    private static (double Loss, double[] Slopes) Ranking(double[] rewards, double[] sums, int[] lengths)
    {
        double loss = 0;
        var slopes = new double[sums.Length];
        for (int k = 0; k < sums.Length - 1; k++)
        {
            double widest = rewards[k] - rewards[^1];
            double own = widest * sums[k] / lengths[k];
            double[] others = [.. Enumerable.Range(k + 1, sums.Length - k - 1).Select(j => Math.Exp((rewards[k] - rewards[j]) * sums[j] / lengths[j]))];
            double all = Math.Exp(own) + others.Sum() + Floor;
            loss += Math.Log(all) - own;
            slopes[k] -= widest * (1 - (Math.Exp(own) / all)) / lengths[k];
            for (int j = k + 1; j < sums.Length; j++)
            {
                slopes[j] += (rewards[k] - rewards[j]) * others[j - k - 1] / (all * lengths[j]);
            }
        }

        return (loss, slopes);
    }
}
