using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Tests.Models.Conformance;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>A training step whose sizes were seen before asks the collector for nothing.</summary>
public sealed class SteadyStepTests
{
    [Theory]
    [InlineData("grouped-tied", 1)]
    [InlineData("odd-untied", 2)]
    [InlineData("biased", 1)]
    [InlineData("qwen3", 2)]
    public void FullTraining_SizesSeenBefore_AllocatesNothing(string shape, int threads)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = new CpuPolicyEngine(threads).Create(config, seed: 4);
        AssertSteady(policy, [.. Enumerable.Range(0, 5).Select(step => (List<TokenSequence>)
            [.. TinyPolicies.Sequences(config, step, 9 + (20 * step), 31, 70 - step), .. TinyPolicies.Families(config, 9, 6 + (3 * step))])], PassOptions.None);
    }

    [Fact]
    public void RewardTrainingWithNoiseAndStatistics_SizesSeenBefore_AllocatesNothing()
    {
        using var directory = new TemporaryDirectory();
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        var engine = new CpuPolicyEngine(2);
        using (ITrainablePolicy whole = engine.Create(config, seed: 4))
        {
            whole.Save(directory["base"]);
        }

        using ITrainablePolicy policy = engine.LoadForRewardTraining(directory["base"], null, new LoraConfig(4) { Dropout = 0.1 }, seed: 1);
        AssertSteady(
            policy, [.. Enumerable.Range(0, 3).Select(step => TinyPolicies.Families(config, step, 6 + (3 * step)).ConvertAll(s => s with { Noise = step, Valued = true }))],
            new PassOptions { NeftuneAlpha = 5, Statistics = true });
    }

    private static void AssertSteady(ITrainablePolicy policy, List<TokenSequence>[] steps, PassOptions options)
    {
        List<float[]>[] gradients = [.. steps.Select(step => TinyPolicies.Gradients([.. step.Select(s => new float[s.ScoredCount])], 5))];
        float[]?[] valueGradients = [.. steps.Select(step => step.Any(s => s.Valued) ? new float[step.Count(s => s.Valued)] : null)];

        // The first rounds find the sizes and fill the stores. What the runtime does once for itself may fall into any later one; what a step allocates falls into each.
        long least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int step = 0; step < steps.Length; step++)
            {
                using IForwardPass pass = policy.Forward(steps[step], options);
                pass.Backward(gradients[step], valueGradients[step]);
            }

            least = round < 2 ? least : Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Forward_PassOpenedAgain_SaysWhatANewOneSays()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy policy = new CpuPolicyEngine(2).Create(config, seed: 4);
        List<TokenSequence> large = TinyPolicies.Sequences(config, 1, 90, 40), small = TinyPolicies.Families(config, 2, 7);
        policy.Forward(large).Dispose();

        using IForwardPass again = policy.Forward(small), beside = policy.Forward(large);

        using ITrainablePolicy other = new CpuPolicyEngine(2).Create(config, seed: 4);
        Assert.Equal(other.Score(small), again.LogProbabilities);
        Assert.Equal(other.Score(large), beside.LogProbabilities);
    }

    [Fact]
    public void Backward_AfterDispose_Throws()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy policy = new CpuPolicyEngine(1).Create(config, seed: 4);
        IForwardPass pass = policy.Forward(TinyPolicies.Sequences(config, 1, 9));
        pass.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pass.Backward([[]]));
    }
}
