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
    public void ForwardAndBackward_SizesSeenBefore_AllocateNothing(string shape, int threads)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = new CpuPolicyEngine(threads).Create(config, seed: 4);
        List<TokenSequence>[] steps = [.. Enumerable.Range(0, 5).Select(step => (List<TokenSequence>)
            [.. TinyPolicies.Sequences(config, step, 9 + (20 * step), 31, 70 - step), .. TinyPolicies.Families(config, 9, 6 + (3 * step))])];
        List<float[]>[] gradients = [.. steps.Select(step => TinyPolicies.Gradients([.. step.Select(s => new float[s.ScoredCount])], 5))];

        // The first rounds find the sizes and fill the stores.
        long last = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int step = 0; step < steps.Length; step++)
            {
                using IForwardPass pass = policy.Forward(steps[step]);
                pass.Backward(gradients[step]);
            }

            last = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, last);
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
