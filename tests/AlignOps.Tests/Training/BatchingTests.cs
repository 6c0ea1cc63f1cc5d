using AlignOps.Training.Batching;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training;

public sealed class BatchingTests
{
    public static TheoryData<string> Methods => TestObjectives.Names;

    [Theory]
    [MemberData(nameof(Methods))]
    public void Gradient_AnyMicroBatchSize_IsTheBigBatchs(string method) => Gradient_AnyMicroBatchSize(method, noise: false);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Gradient_AnyMicroBatchSizeUnderNoise_IsTheBigBatchs(string method) => Gradient_AnyMicroBatchSize(method, noise: true);

    private static void Gradient_AnyMicroBatchSize(string method, bool noise)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            TrainingExample[] examples = [.. ExampleMaker.Rankings(seed, 6), .. ExampleMaker.Demonstrations(seed, 2)];
            StepPlan plan = TestObjectives.Find(method).Plan(examples);
            (double loss, float[] whole, IReadOnlyDictionary<string, double> metrics) = Gradient(method, plan, int.MaxValue, noise);
            foreach (int tokens in new[] { 1, 20, 60, 150 })
            {
                (double partLoss, float[] parts, IReadOnlyDictionary<string, double> partMetrics) = Gradient(method, plan, tokens, noise);

                Assert.Equal(loss, partLoss, 1e-9);
                Assert.All(whole.Zip(parts), g => Assert.Equal(g.First, g.Second, 1e-6));
                Assert.Equal(metrics.Keys, partMetrics.Keys);
                Assert.All(metrics, m => Assert.Equal(m.Value, partMetrics[m.Key], 1e-6));
            }
        }
    }

    [Fact]
    public void Split_SmallLimit_KeepsAnExamplesAnswersTogether()
    {
        StepPlan plan = new RrhfObjective(new RrhfOptions()).Plan(ExampleMaker.Rankings(3, 20));

        IReadOnlyList<ArraySegment<PlannedSequence>> parts = MicroBatches.Split(plan, 40);

        Assert.Equal(plan.Sequences, parts.SelectMany(p => p));
        Assert.All(parts, p => Assert.True(p.Sum(s => s.Tokens) <= 40 || p.Select(s => s.Example).Distinct().Count() == 1));
        Assert.Equal(plan.Sequences.Select(s => s.Example).Distinct().Count(), parts.Sum(p => p.Select(s => s.Example).Distinct().Count()));
    }

    [Fact]
    public void Order_OfAnEpoch_IsAPermutationThatSeedAndEpochDecide()
    {
        int[] order = ExampleOrder.Of(9, epoch: 2, 53);

        Assert.Equal(Enumerable.Range(0, 53), order.Order());
        Assert.Equal(order, ExampleOrder.Of(9, 2, 53));
        Assert.NotEqual(order, ExampleOrder.Of(9, 3, 53));
        Assert.NotEqual(order, ExampleOrder.Of(10, 2, 53));
    }

    [Fact]
    public void Of_StepsOfAnEpoch_MeetEveryExampleOnce()
    {
        TrainingExample[] examples = ExampleMaker.Rankings(1, 53);
        var steps = new StepExamples(examples, new TrainerOptions { PromptsPerStep = 5, Seed = 9 });

        IReadOnlyList<TrainingExample>[] second = [.. Enumerable.Range(11, 11).Select(steps.Of)];

        Assert.Equal([.. Enumerable.Repeat(5, 10), 3], second.Select(s => s.Count));
        Assert.Equal(53, second.SelectMany(s => s).Distinct().Count());
    }

    private static (double Loss, float[] Gradient, IReadOnlyDictionary<string, double> Metrics) Gradient(string method, StepPlan plan, int tokens, bool noise)
    {
        using var policy = new BigramPolicy(ExampleMaker.Vocabulary, 8);
        StepOutcome outcome = new StepPass(policy, null, TestObjectives.Find(method), tokens)
            .Run(plan, new StepNoise(3, dropout: noise, neftuneAlpha: 0), step: 4, CancellationToken.None);
        return (outcome.Loss, policy.Gradient(), outcome.Metrics.Means());
    }
}
