using AlignOps.Models.Sampling;
using AlignOps.Training.Examples;
using AlignOps.Training.Metrics;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.RewardModels;

public sealed class RewardObjectiveTests
{
    public static TheoryData<double, double> Options => new() { { 0, 0 }, { 0.5, 0 }, { 0, 0.01 }, { 0.3, 0.02 } };

    [Fact]
    public void Loss_GoldenPair_IsBradleyTerry()
    {
        (LossResult result, _) = Pair(new RewardOptions(), 1.2, 0.4);

        Assert.Equal(0.371100666, result.Loss, 9);
        Assert.Equal(-0.310025519, result.ValueGradients![0], 9);
        Assert.Equal(0.310025519, result.ValueGradients[1], 9);
    }

    [Fact]
    public void Loss_GoldenPairWithMarginAndCentre_AddsBoth()
    {
        (LossResult result, _) = Pair(new RewardOptions(Margin: 0.5, CenterCoefficient: 0.01), 1.2, 0.4);

        Assert.Equal(0.579955244, result.Loss, 9);
        Assert.Equal(-0.393557483, result.ValueGradients![0], 9);
        Assert.Equal(0.457557483, result.ValueGradients[1], 9);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Loss_RandomSteps_ValueGradientEqualsFiniteDifferences(double margin, double center)
    {
        var objective = new RewardObjective(new RewardOptions(margin, center));
        const double Width = 1e-5;
        for (int seed = 0; seed < 200; seed++)
        {
            (StepPlan plan, ScoredSequence[] scored) = Step(objective, seed);
            double[] gradients = objective.Loss(plan, scored).ValueGradients!;
            for (int s = 0; s < scored.Length; s++)
            {
                double At(double shift) => objective.Loss(plan, [.. scored.Select((one, i) => i == s ? one with { Value = one.Value + shift } : one)]).Loss;
                double expected = (At(Width) - At(-Width)) / (2 * Width);
                Assert.True(Math.Abs(expected - gradients[s]) <= 1e-6 * Math.Max(1e-2, Math.Abs(expected)), $"case {seed}, sequence {s}: expected {expected:R}, got {gradients[s]:R}");
            }
        }
    }

    [Fact]
    public void Loss_PartsOfAStep_AddUpToTheWholeWithTheExtremesOfTheStep()
    {
        var objective = new RewardObjective(new RewardOptions(0.2, 0.01));
        for (int seed = 0; seed < 20; seed++)
        {
            (StepPlan plan, ScoredSequence[] scored) = Step(objective, seed);
            LossResult whole = objective.Loss(plan, scored);

            LossResult[] parts = [.. scored.GroupBy(s => s.Planned.Example).Select(part => objective.Loss(plan, [.. part]))];

            Assert.Equal(whole.Loss, parts.Sum(p => p.Loss), 12);
            Assert.Equal(whole.ValueGradients!, parts.SelectMany(p => p.ValueGradients!));
            var totals = new MetricTotals();
            foreach (LossResult part in parts)
            {
                totals.Add(part.Metrics);
            }

            IReadOnlyDictionary<string, double> means = totals.Means();
            Assert.Equal(scored.Min(s => s.Value!.Value), means["min_reward"]);
            Assert.Equal(scored.Max(s => s.Value!.Value), means["max_reward"]);
            Assert.Equal(scored.Average(s => s.Value!.Value), means["mean_reward"], 12);
            Assert.InRange(means["accuracy"], 0, 1);
        }
    }

    [Fact]
    public void Plan_AsksForTheValueAfterTheEndTokenAndForNoLogProbability()
    {
        StepPlan plan = new RewardObjective(new RewardOptions()).Plan(
        [
            new TrainingExample("pair", [1, 2], [new TrainingCandidate([3, 0], 1), new TrainingCandidate([4, 0], 0)]),
            new TrainingExample("tied", [1], [new TrainingCandidate([3, 0], 1), new TrainingCandidate([4, 0], 1)]),
            new TrainingExample("demonstration", [1], [new TrainingCandidate([3, 0], null)]),
        ]);

        Assert.Equal(2, plan.Sequences.Count);
        Assert.All(plan.Sequences, s => Assert.True(s.Sequence.Valued && s.Example == 0 && s.Sequence.ScoredCount == 0));
        Assert.Equal([1, 2, 3, 0], plan.Sequences[0].Sequence.Tokens);
    }

    private static (LossResult Result, StepPlan Plan) Pair(RewardOptions options, double better, double worse)
    {
        var objective = new RewardObjective(options);
        StepPlan plan = objective.Plan([new TrainingExample("r", [1], [new TrainingCandidate([2, 0], 1), new TrainingCandidate([3, 0], 0)])]);
        return (objective.Loss(plan, [Valued(plan.Sequences[0], better), Valued(plan.Sequences[1], worse)]), plan);
    }

    private static (StepPlan Plan, ScoredSequence[] Scored) Step(RewardObjective objective, int seed)
    {
        var random = new RandomStream(seed);
        StepPlan plan = objective.Plan([.. ExampleMaker.Rankings(seed, 3), .. ExampleMaker.Demonstrations(seed, 1)]);
        return (plan, [.. plan.Sequences.Select(s => Valued(s, random.NextNormal() * 2))]);
    }

    private static ScoredSequence Valued(PlannedSequence planned, double value) => new(planned, []) { Value = value };
}
