using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

/// <summary>What the engine is asked in a step, and what the objective gets to see of it.</summary>
public sealed class StepPassTests
{
    private static readonly TrainingExample[] Examples = ExampleMaker.Rankings(7, 6);

    [Fact]
    public void Run_WithNoise_GivesAnExamplesAnswersOneKeyAndEveryExampleAndStepItsOwn()
    {
        (StepPlan plan, long?[] first) = Noises("rrhf", seed: 1, step: 0, tokens: int.MaxValue);
        (_, long?[] second) = Noises("rrhf", seed: 1, step: 1, tokens: int.MaxValue);
        (_, long?[] otherSeed) = Noises("rrhf", seed: 2, step: 0, tokens: int.MaxValue);

        foreach (var example in plan.Sequences.Select((s, i) => (s.Example, Key: first[i])).GroupBy(s => s.Example))
        {
            Assert.Single(example.Select(e => e.Key).Distinct());
        }

        int examples = plan.Sequences.Select(s => s.Example).Distinct().Count();
        Assert.Equal(3 * examples, first.Concat(second).Concat(otherSeed).Distinct().Count());
        Assert.DoesNotContain(null, first);
        Assert.Equal(first, Noises("rrhf", seed: 1, step: 0, tokens: 20).Noises);
    }

    [Fact]
    public void Run_CoupledLoss_ScoresAndDifferentiatesUnderTheSameNoise()
    {
        (StepPlan plan, long?[] noises) = Noises("coupled", seed: 1, step: 3, tokens: 30);

        Assert.Equal(2 * plan.Sequences.Count, noises.Length);
        Assert.Equal(noises[..plan.Sequences.Count], noises[plan.Sequences.Count..]);
    }

    [Fact]
    public void Run_WithoutNoise_AsksForNone()
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 8);
        IObjective objective = TestObjectives.Find("rrhf");

        new StepPass(policy, null, objective, 40).Run(objective.Plan(Examples), new StepNoise(1, dropout: false, neftuneAlpha: 0), 0, CancellationToken.None);

        Assert.All(policy.Noises, key => Assert.Null(key));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(int.MaxValue)]
    public void Run_Statistics_BecomeEntropyAndTokenAccuracyOfTheWholeStep(int tokens)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 8);
        IObjective objective = TestObjectives.Find("sft");
        StepPlan plan = objective.Plan(Examples);

        IReadOnlyDictionary<string, double> metrics = new StepPass(policy, null, objective, tokens).Run(plan, StepNoise.None, 0, CancellationToken.None).Metrics.Means();

        using IForwardPass pass = policy.Forward([.. plan.Sequences.Select(s => s.Sequence)], new PassOptions { Statistics = true });
        Assert.Equal(pass.Statistics!.Entropy.SelectMany(e => e).Average(e => (double)e), metrics["entropy"], 1e-9);
        Assert.Equal(pass.Statistics.Likeliest.SelectMany(l => l).Average(l => l ? 1.0 : 0), metrics["mean_token_accuracy"], 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Run_Values_ReachTheLossAndTheirGradientsTheHead(int tokens)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 8);
        policy.Parameters[2].Value.Span.Fill(0.5f);
        var objective = new HalfSquareOfValues();

        StepOutcome outcome = new StepPass(policy, null, objective, tokens).Run(objective.Plan(Examples), StepNoise.None, 0, CancellationToken.None);

        int values = Examples.Sum(e => e.Candidates.Count);
        Assert.Equal(values * 0.125, outcome.Loss, 1e-9);
        Assert.Equal(values * 0.5, policy.Parameters[2].Gradient.ToArray().Sum(), 1e-5);
        Assert.All(policy.Parameters[0].Gradient.ToArray(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Measure_WholeStep_IsItsLossWithoutNoiseOrGradient()
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 8);
        IObjective objective = TestObjectives.Find("rrhf");
        StepPlan plan = objective.Plan(Examples);
        var pass = new StepPass(policy, null, objective, 30);

        double measured = pass.Measure(plan, CancellationToken.None).Loss;

        Assert.All(policy.Gradient(), g => Assert.Equal(0, g));
        Assert.Equal(pass.Run(plan, StepNoise.None, 0, CancellationToken.None).Loss, measured, 1e-9);
    }

    private static (StepPlan Plan, long?[] Noises) Noises(string method, long seed, int step, int tokens)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 8);
        IObjective objective = TestObjectives.Find(method);
        StepPlan plan = objective.Plan(Examples);
        new StepPass(policy, null, objective, tokens).Run(plan, new StepNoise(seed, dropout: true, neftuneAlpha: 0), step, CancellationToken.None);
        return (plan, [.. policy.Noises]);
    }

    /// <summary>L = Σ value² / 2.</summary>
    private sealed class HalfSquareOfValues : IObjective
    {
        public string Name => "half-square";

        public bool NeedsValues => true;

        public StepPlan Plan(IReadOnlyList<TrainingExample> examples) => new(examples,
        [
            .. examples.SelectMany((e, i) => e.Candidates.Select((c, j) => new PlannedSequence(i, j, TokenSequence.ForValue([.. e.Prompt, .. c.Answer])))),
        ]);

        public LossResult Loss(StepPlan plan, IReadOnlyList<ScoredSequence> scored) =>
            new(scored.Sum(s => s.Value!.Value * s.Value.Value / 2), [.. scored.Select(_ => Array.Empty<double>())], [])
            {
                ValueGradients = [.. scored.Select(s => s.Value!.Value)],
            };
    }
}
