using AlignOps.Models.Policies;
using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives;

/// <summary>
/// A reward model by Bradley and Terry (1952), as InstructGPT trains one (Ouyang et al., 2022, arXiv 2203.02155): for the rewards R of two answers to a
/// prompt, L = −log σ(R_w − R_l − m) + c·(R_w + R_l)², the mean over the strictly ordered pairs of a prompt, then over the prompts of the step. m is a margin
/// by how much better the answer was judged (Llama 2, arXiv 2307.09288), c holds rewards around 0. The reward is the value of a scalar head at the last token.
/// </summary>
public sealed class RewardObjective(RewardOptions options) : IObjective
{
    public string Name => "reward";

    public bool NeedsValues => true;

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples)
    {
        List<PlannedSequence> sequences = [];
        for (int i = 0; i < examples.Count; i++)
        {
            TrainingExample example = examples[i];
            if (Pairs(example).Any())
            {
                sequences.AddRange(Enumerable.Range(0, example.Candidates.Count)
                    .Select(c => new PlannedSequence(i, c, TokenSequence.ForValue([.. example.PromptOf(c), .. example.Candidates[c].Answer]))));
            }
        }

        return new StepPlan(examples, sequences);
    }

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        int prompts = plan.Sequences.Select(s => s.Example).Distinct().Count();
        Dictionary<(int Example, int Candidate), int> at = scored.Select((s, i) => (s, i)).ToDictionary(s => (s.s.Planned.Example, s.s.Planned.Candidate), s => s.i);
        double[] rewards = [.. scored.Select(s => s.Value!.Value)];
        var gradients = new double[scored.Count];
        var metrics = new RewardMetrics(rewards);
        double loss = 0;
        foreach (int example in scored.Select(s => s.Planned.Example).Distinct())
        {
            (int Better, int Worse)[] pairs = [.. Pairs(plan.Examples[example])];
            double share = 1.0 / (pairs.Length * prompts);
            foreach ((int better, int worse) in pairs)
            {
                TrainingExample judged = plan.Examples[example];
                double margin = options.Margin * (judged.Rank(better) - judged.Rank(worse));
                (int w, int l) = (at[(example, better)], at[(example, worse)]);
                double difference = rewards[w] - rewards[l] - margin, sum = rewards[w] + rewards[l];
                loss += share * (SoftPlus(-difference) + options.CenterCoefficient * sum * sum);
                double slope = -Sigmoid(-difference), pull = 2 * options.CenterCoefficient * sum;
                gradients[w] += share * (slope + pull);
                gradients[l] += share * (-slope + pull);
                metrics.Compared(rewards[w] - rewards[l]);
            }
        }

        return new LossResult(loss, [.. scored.Select(s => new double[s.LogProbabilities.Length])], metrics.Sums) { ValueGradients = gradients };
    }

    /// <summary>Every two answers of which one was judged better. A demonstration was compared with nothing.</summary>
    private static IEnumerable<(int Better, int Worse)> Pairs(TrainingExample example) =>
        from better in Enumerable.Range(0, example.Candidates.Count)
        from worse in Enumerable.Range(0, example.Candidates.Count)
        where example.Candidates[better].Score > example.Candidates[worse].Score
        select (better, worse);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>log(1 + e^x) without overflow.</summary>
    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
