using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training;

public sealed class ObjectivePlanTests
{
    private static readonly TrainingExample Tied = Example(0.5, 0.5);
    private static readonly TrainingExample Ordered = Example(0.2, 0.9, 0.2);
    private static readonly TrainingExample Demonstration = new("d", [1], [new TrainingCandidate([2, 0], null)]);

    [Fact]
    public void Plan_OfRrhf_TakesEveryAnswerOfAnOrderedRowAndOneOfADemonstration()
    {
        StepPlan plan = new RrhfObjective(new RrhfOptions(SftMinScore: 1)).Plan([Ordered, Tied, Demonstration]);

        Assert.Equal([(0, 0), (0, 1), (0, 2), (2, 0)], plan.Sequences.Select(s => (s.Example, s.Candidate)));
    }

    [Fact]
    public void Plan_OfSft_TakesTheFirstBestAnswerOfARow()
    {
        StepPlan plan = new SftObjective().Plan([Ordered, Tied, Demonstration]);

        Assert.Equal([(0, 1), (1, 0), (2, 0)], plan.Sequences.Select(s => (s.Example, s.Candidate)));
    }

    [Fact]
    public void Plan_OfSftWithMinScore_LeavesOutRowsWhoseBestFallsShort()
    {
        StepPlan plan = new SftObjective(minScore: 0.8).Plan([Ordered, Tied, Demonstration]);

        Assert.Equal([0, 2], plan.Sequences.Select(s => s.Example));
    }

    [Fact]
    public void Loss_OfSft_IsTheMeanOverTheTokensOfTheStep()
    {
        var objective = new SftObjective();
        StepPlan plan = objective.Plan([Demonstration, new TrainingExample("long", [1], [new TrainingCandidate([2, 3, 4, 0], null)])]);

        LossResult result = objective.Loss(plan, [new(plan.Sequences[0], [-1, -2]), new(plan.Sequences[1], [-0.5, -0.5, -0.5, -1.5])]);

        Assert.Equal(6.0 / 6, result.Loss, 12);
        Assert.All(result.Gradients.SelectMany(g => g), g => Assert.Equal(-1.0 / 6, g, 12));
    }

    [Fact]
    public void Loss_OfRrhf_ReportsChosenRejectedAndAccuracy()
    {
        var objective = new RrhfObjective(new RrhfOptions());
        StepPlan plan = objective.Plan([Ordered]);

        LossResult result = objective.Loss(plan, [new(plan.Sequences[0], [-1, -1]), new(plan.Sequences[1], [-2, -2]), new(plan.Sequences[2], [-3, -3])]);

        Dictionary<string, double> metrics = result.Metrics.ToDictionary(m => m.Name, m => m.Sum / m.Count);
        Assert.Equal(-4, metrics["logps/chosen"]);
        Assert.Equal(-2, metrics["logps/rejected"]);
        Assert.Equal(-1, metrics["rewards/margins"]);
        Assert.Equal(0, metrics["rewards/accuracies"]);
        Assert.Equal(0.5, metrics["accuracy"]);
        Assert.Equal(1, metrics["rank_loss"]);
        Assert.Equal(4, metrics["sft_loss"]);
    }

    private static TrainingExample Example(params double[] scores) =>
        new("r", [1], [.. scores.Select((score, i) => new TrainingCandidate([2 + i, 0], score))]);
}
