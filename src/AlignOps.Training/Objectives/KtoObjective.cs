using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives.Preference;

namespace AlignOps.Training.Objectives;

/// <summary>
/// KTO: Model Alignment as Prospect Theoretic Optimization (Ethayarajh et al., 2024, arXiv 2402.01306). It learns from single answers with a thumb: with
/// r = log π(y|x) − log π_ref(y|x), the loss of a thumb up is λ_D·(1 − σ(β(r − z0))), of a thumb down λ_U·(1 − σ(β(z0 − r))), and a step's loss their mean.
/// z0 is the step's estimate of the divergence from the reference, the mean of r over prompts with another example's answer, at least 0 and without a
/// gradient; it couples the examples of a step. Preferences are unpaired: the better answer is a thumb up, the worse one a thumb down; of a ranking the
/// best and the worst; a demonstration is a thumb up. Weights that are not given make λ_D·n_D = λ_U·n_U, where the paper's range of 1 to 4/3 begins.
/// With z0 left out it is the unpaired form of APO-zero (D'Oosterlinck et al., 2024, arXiv 2408.06266), which couples nothing.
/// </summary>
public sealed class KtoObjective(KtoOptions options, string name = "kto") : IObjective
{
    public string Name => name;

    public bool NeedsReference => true;

    public IObjective Over(IReadOnlyList<TrainingExample> examples)
    {
        bool?[] labels = [.. examples.SelectMany(example => Enumerable.Range(0, example.Candidates.Count).Select(c => Label(example, c)))];
        double up = labels.Count(label => label == true), down = labels.Count(label => label == false);
        bool both = up > 0 && down > 0;
        return new KtoObjective(options with
        {
            DesirableWeight = options.DesirableWeight ?? (both ? Math.Max(1, down / up) : 1),
            UndesirableWeight = options.UndesirableWeight ?? (both ? Math.Max(1, up / down) : 1),
        }, name);
    }

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples)
    {
        List<PlannedSequence> sequences = [];
        int longest = examples.Max(e => e.Candidates.Max(c => e.Prompt.Length + c.Answer.Length));
        for (int i = 0; i < examples.Count; i++)
        {
            int example = i;
            PlannedSequence[] judged =
                [.. Enumerable.Range(0, examples[i].Candidates.Count).Where(c => Label(examples[example], c) is not null).Select(c => new PlannedSequence(example, c, examples[example].Sequence(c)))];
            sequences.AddRange(judged);
            if (options.AgainstDivergence && judged.Length > 0 && Mismatched(examples, i, longest) is { } mismatched)
            {
                sequences.Add(mismatched);
            }
        }

        return new StepPlan(examples, sequences, CouplesMicroBatches: options.AgainstDivergence);
    }

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double baseline = Baseline(scored);
        int terms = plan.Sequences.Count(s => s.Trains);
        var gradients = new double[scored.Count][];
        var metrics = new KtoMetrics(options.AgainstDivergence ? baseline : null);
        double loss = 0;
        for (int i = 0; i < scored.Count; i++)
        {
            gradients[i] = new double[scored[i].LogProbabilities.Length];
            if (!scored[i].Planned.Trains)
            {
                continue;
            }

            bool desirable = Label(plan.Examples[scored[i].Planned.Example], scored[i].Planned.Candidate) == true;
            (double weight, double sign) = desirable ? (options.DesirableWeight ?? 1, 1) : (options.UndesirableWeight ?? 1, -1);
            double reward = scored[i].Sum - scored[i].Reference;
            double value = Logistic.Sigma(options.Beta * sign * (reward - baseline));
            loss += weight * (1 - value) / terms;
            Array.Fill(gradients[i], -sign * weight * options.Beta * value * (1 - value) / terms);
            metrics.Judged(desirable, scored[i].Sum, options.Beta * reward);
        }

        return new LossResult(loss, gradients, metrics.Sums);
    }

    /// <summary>True is up, false is down; null where the method does not use the answer.</summary>
    internal static bool? Label(TrainingExample example, int candidate)
    {
        if (example.Candidates[candidate] is { Label: { } label })
        {
            return label;
        }

        double rank = example.Rank(candidate);
        int worst = Enumerable.Range(0, example.Candidates.Count).MinBy(example.Rank);
        return candidate == example.Best && (double.IsPositiveInfinity(rank) || rank > example.Rank(worst)) ? true
            : candidate == worst && rank < example.Rank(example.Best) ? false
            : null;
    }

    /// <summary>The example's prompt with the answer of the next one that has another prompt, cut to the step's longest sequence; null where there is none.</summary>
    private static PlannedSequence? Mismatched(IReadOnlyList<TrainingExample> examples, int at, int longest)
    {
        int[] prompt = examples[at].Prompt;
        for (int i = 1; i < examples.Count; i++)
        {
            TrainingExample other = examples[(at + i) % examples.Count];
            if (!other.Prompt.AsSpan().SequenceEqual(prompt))
            {
                int[] answer = other.Candidates[0].Answer;
                return new PlannedSequence(at, 0, TokenSequence.PromptAnswer(prompt, answer.AsSpan(0, Math.Min(answer.Length, longest - prompt.Length))), Trains: false);
            }
        }

        return null;
    }

    private static double Baseline(IReadOnlyList<ScoredSequence> scored)
    {
        double[] rewards = [.. scored.Where(s => !s.Planned.Trains).Select(s => s.Sum - s.Reference)];
        return rewards.Length == 0 ? 0 : Math.Max(0, rewards.Average());
    }
}
