using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// CUT, contrastive unlikelihood training: Reasons to Reject? Aligning Language Models with Judgments (Xu et al., 2023, arXiv 2312.14591). A judged answer is
/// scored twice, with the judgment in the prompt (a_t) and without (b_t). A token that the judgment makes a_t/b_t &gt; threshold times likelier is what the
/// judgment speaks of: L = ½[−Σ log a_t] + ½[Σ −log b_t, or −w·log(1 − b_t) of unfit tokens], the ratio without a gradient. An answer that nothing was said
/// against is imitated. All is divided by the step's answer tokens, a judged answer's counted once.
/// </summary>
public sealed class CutObjective(CutOptions options) : IObjective
{
    public string Name => "cut";

    /// <summary>A judged answer stands twice side by side: first behind a prompt of its own with the judgment, then behind the example's.</summary>
    public StepPlan Plan(IReadOnlyList<TrainingExample> examples) => new(
        examples,
        [.. examples.SelectMany((example, i) => Enumerable.Range(0, example.Candidates.Count).Select(c => new PlannedSequence(i, c, example.Sequence(c))))]);

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double tokens = plan.Sequences.Where(s => !Judged(plan, s)).Sum(s => (double)s.Sequence.ScoredCount);
        double loss = 0, unfit = 0, compared = 0, hindsight = 0;
        var gradients = new double[scored.Count][];
        for (int i = 0; i < scored.Count; i++)
        {
            bool judged = Judged(plan, scored[i].Planned);
            double[]? withJudgment = !judged && i > 0 && IsPairOf(plan, scored[i - 1].Planned, scored[i].Planned) ? scored[i - 1].LogProbabilities : null;
            double share = (judged || withJudgment is not null ? 0.5 : 1) / tokens;
            gradients[i] = new double[scored[i].LogProbabilities.Length];
            for (int t = 0; t < gradients[i].Length; t++)
            {
                double log = scored[i].LogProbabilities[t];
                bool reject = withJudgment is not null && Math.Exp(withJudgment[t] - log) > options.Threshold;
                (double tokenLoss, double slope) = TokenLosses.Weighted(log, reject ? -options.UnlikelihoodWeight : 1);
                loss += share * tokenLoss;
                gradients[i][t] = share * slope;
                (unfit, compared) = (unfit + (reject ? 1 : 0), compared + (withJudgment is null ? 0 : 1));
            }

            hindsight += judged ? -scored[i].Sum : 0;
        }

        return new LossResult(
            loss,
            gradients,
            [new MetricSum("unfit_tokens", unfit, compared), new MetricSum("hindsight_loss", hindsight, scored.Where(s => Judged(plan, s.Planned)).Sum(s => s.LogProbabilities.Length))]);
    }

    private static bool Judged(StepPlan plan, PlannedSequence planned) => plan.Examples[planned.Example].Candidates[planned.Candidate].Prompt is not null;

    private static bool IsPairOf(StepPlan plan, PlannedSequence judged, PlannedSequence plain) =>
        judged.Example == plain.Example && judged.Candidate == plain.Candidate - 1 && Judged(plan, judged);
}
