using AlignOps.Models.Policies;
using AlignOps.Training.Examples;

namespace AlignOps.Training.Objectives.Preference;

/// <summary>
/// A method that learns from pairs of answers: the mean, over all pairs of the optimizer step, of the pair's loss and, where it is asked for, of the
/// chosen answer's negative log-likelihood. The number of pairs is known from the plan, so that parts of a step add up to the whole.
/// </summary>
public sealed class PairObjective(string name, PairLoss loss, PairOptions options) : IObjective
{
    public string Name => name;

    public bool NeedsReference => loss.NeedsReference;

    private bool ScoresPrompts => options is { ImitationWeight: not 0, Imitation: Imitation.PerTokenWithPrompt };

    public StepPlan Plan(IReadOnlyList<TrainingExample> examples)
    {
        List<PlannedSequence> sequences = [];
        for (int i = 0; i < examples.Count; i++)
        {
            IReadOnlyList<AnswerPair> pairs = AnswerPairs.Of(examples[i], options.Pairs);
            foreach (int candidate in pairs.SelectMany(p => new[] { p.Chosen, p.Rejected }).Distinct().Order())
            {
                bool imitated = ScoresPrompts && pairs.Any(p => p.Chosen == candidate);
                sequences.Add(new PlannedSequence(i, candidate, imitated ? Whole(examples[i].Sequence(candidate)) : examples[i].Sequence(candidate)));
            }
        }

        return new StepPlan(examples, sequences);
    }

    public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored)
    {
        double share = 1.0 / Math.Max(1, plan.Examples.Sum(e => AnswerPairs.Of(e, options.Pairs).Count));
        var gradients = new double[scored.Count][];
        var metrics = new PairMetrics();
        double total = 0;
        foreach (IGrouping<int, int> answers in Enumerable.Range(0, scored.Count).GroupBy(i => scored[i].Planned.Example))
        {
            TrainingExample example = plan.Examples[answers.Key];
            Dictionary<int, PairAnswer> byCandidate = answers.ToDictionary(i => scored[i].Planned.Candidate, i => new PairAnswer(scored[i], example));
            foreach (AnswerPair pair in AnswerPairs.Of(example, options.Pairs))
            {
                total += share * PairLossOf(byCandidate[pair.Chosen], byCandidate[pair.Rejected], share, metrics);
            }

            foreach (int i in answers)
            {
                gradients[i] = byCandidate[scored[i].Planned.Candidate].Gradient();
            }
        }

        return new LossResult(total, gradients, metrics.Sums);
    }

    private double PairLossOf(PairAnswer chosen, PairAnswer rejected, double share, PairMetrics metrics)
    {
        PairTerm term = loss.Of(chosen.Side, rejected.Side);
        chosen.AnswerSlope += share * term.ChosenSlope;
        rejected.AnswerSlope += share * term.RejectedSlope;
        metrics.Judged(loss, chosen.Side, rejected.Side);
        if (options.ImitationWeight == 0)
        {
            return term.Loss;
        }

        double divisor = options.Imitation switch
        {
            Imitation.Sum => 1,
            Imitation.PerToken => chosen.Side.Tokens,
            _ => chosen.PromptTokens + chosen.Side.Tokens,
        };
        double negativeLogLikelihood = -(chosen.PromptSum + chosen.Side.Sum) / divisor;
        double slope = -share * options.ImitationWeight / divisor;
        chosen.AnswerSlope += slope;
        chosen.PromptSlope += slope;
        metrics.Imitated(negativeLogLikelihood);
        return term.Loss + (options.ImitationWeight * negativeLogLikelihood);
    }

    /// <summary>The same tokens, every one scored that has one before it.</summary>
    private static TokenSequence Whole(TokenSequence sequence) => sequence with { Scored = [.. sequence.Scored.Select((_, at) => at > 0)] };
}
