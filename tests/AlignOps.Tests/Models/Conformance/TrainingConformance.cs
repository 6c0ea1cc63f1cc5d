using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Training.Optimization;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>
/// A whole training against transformers and PyTorch: the same scores, gradients, adapter after five AdamW steps and greedy answers.
/// Epsilon is large, so that a gradient near zero does not move a weight by its rounding error's sign.
/// </summary>
public abstract class TrainingConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    private const int Steps = 5;
    private const double LearningRate = 1e-2;

    private readonly Golden _golden = Golden.Read();

    [Fact]
    public void Backward_WholePolicy_EqualsPyTorch()
    {
        WriteBase();
        using ITrainablePolicy policy = Engine.LoadForFullTraining(Folder("base"));
        using IForwardPass pass = policy.Forward(GoldenPolicy.Sequences);

        pass.Backward(GoldenPolicy.LossGradients(pass.LogProbabilities));

        AssertScores(_golden.Scores, pass.LogProbabilities);
        Assert.Equal(_golden.Gradients.Count, policy.Parameters.Count);
        Assert.All(policy.Parameters, p => _golden.Gradients[p.Name].AssertEquals(p.Gradient.Span, TEngine.GradientTolerance * (0.01 + Largest(p.Gradient.Span)), p.Name));
    }

    [Fact]
    public void FiveSteps_Adapter_EqualPyTorch()
    {
        using ITrainablePolicy policy = Adapter();
        AssertScores(_golden.AdapterScores, policy.Score(GoldenPolicy.Sequences));
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions(Epsilon: 1e-3, WeightDecay: 0.1));

        for (int step = 1; step <= Steps; step++)
        {
            foreach (TrainableParameter parameter in policy.Parameters)
            {
                parameter.Gradient.Span.Clear();
            }

            using IForwardPass pass = policy.Forward(GoldenPolicy.Sequences);
            pass.Backward(GoldenPolicy.LossGradients(pass.LogProbabilities));
            if (step == 1)
            {
                Assert.All(policy.Parameters, p => _golden.AdapterGradients[p.Name].AssertEquals(p.Gradient.Span, TEngine.GradientTolerance * (0.01 + Largest(p.Gradient.Span)), p.Name));
            }

            optimizer.Step(step, LearningRate, gradientScale: 1);
        }

        Assert.All(policy.Parameters, p => _golden.AdapterAfter[p.Name].AssertEquals(p.Value.Span, TEngine.WeightTolerance, p.Name));
        AssertScores(_golden.ScoresAfter, policy.Score(GoldenPolicy.Sequences));
        AssertGreedy(policy);

        // The adapter off, the base is the reference; the adapter read from its files is the policy.
        policy.Save(Folder("trained"));
        using IPolicyModel reference = Engine.Load(Folder("base"), null), trained = Engine.Load(Folder("base"), Folder("trained"));
        AssertScores(_golden.Scores, reference.Score(GoldenPolicy.Sequences));
        AssertScores(_golden.ScoresAfter, trained.Score(GoldenPolicy.Sequences));
        AssertGreedy(trained);
    }

    private void AssertGreedy(IPolicyModel policy)
    {
        IReadOnlyList<GenerationResult> results = policy.Generate([.. _golden.GreedyAfter.Select(answer => new GenerationRequest(answer.Prompt, 16, 0, 1, 0))]);
        Assert.Equal(_golden.GreedyAfter.Select(answer => answer.Answer.TakeWhile(token => token != 1)), results.Select(result => result.Tokens));
    }

    private void WriteBase() => GoldenPolicy.WriteCheckpoint(Folder("base"), [.. _golden.Gradients.Keys]);

    private ITrainablePolicy Adapter()
    {
        WriteBase();
        GoldenPolicy.WriteAdapter(Folder("adapter"), Checkpoint.Digest(Folder("base")));
        return Engine.LoadForAdapterTraining(Folder("base"), Folder("adapter"), GoldenPolicy.Lora, seed: 0);
    }

    private static double Largest(ReadOnlySpan<float> values)
    {
        double largest = 0;
        foreach (float value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
