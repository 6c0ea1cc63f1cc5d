using AlignOps.Models.Cpu;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Tests.Models.Conformance;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>Results are the same bits for any number of threads and any company.</summary>
public sealed class IndependenceTests
{
    public static TheoryData<string> Shapes => TinyPolicies.Shapes;

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Training_OneTwoOrFiveThreads_GivesTheSameBits(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        List<TokenSequence> sequences =
            [.. TinyPolicies.Sequences(config, 21, [.. Enumerable.Range(0, 30).Select(i => 3 + (i * 7 % 90))]), .. TinyPolicies.Families(config, 22, 6, 17)];
        float[][] expected = Train(1);
        Assert.Equal(expected, Train(2));
        Assert.Equal(expected, Train(5));

        float[][] Train(int threads)
        {
            using ITrainablePolicy policy = new CpuPolicyEngine(threads).Create(config, seed: 4);
            using IForwardPass pass = policy.Forward(sequences);
            pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
            return [.. pass.LogProbabilities, .. policy.Parameters.Select(p => p.Gradient.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Score_AloneOrInCompany_GivesTheSameBits(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = new CpuPolicyEngine(2).Create(config, seed: 4);
        List<TokenSequence> sequences = [.. TinyPolicies.Sequences(config, 22, 31, 5, 128, 64, 13, 2, 97, 40), .. TinyPolicies.Families(config, 23, 5, 14, 40)];

        IReadOnlyList<float[]> together = policy.Score(sequences);

        Assert.Equal(together, sequences.SelectMany(sequence => policy.Score([sequence])));
        Assert.Equal(together.Reverse(), policy.Score([.. Enumerable.Reverse(sequences)]));
        using IForwardPass pass = policy.Forward(sequences);
        Assert.Equal(together, pass.LogProbabilities);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Generate_AloneOrInCompany_GivesTheSameTokens(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = new CpuPolicyEngine(2).Create(config, seed: 4);
        List<GenerationRequest> requests = TinyPolicies.Requests(config, 40);

        IReadOnlyList<GenerationResult> together = policy.Generate(requests);

        AssertSame(together, [.. requests.SelectMany(request => policy.Generate([request]))]);
        using ITrainablePolicy other = new CpuPolicyEngine(3).Create(config, seed: 4);
        AssertSame(together, other.Generate(requests));
    }

    private static void AssertSame(IReadOnlyList<GenerationResult> a, IReadOnlyList<GenerationResult> b) => Assert.All(a.Zip(b), pair =>
    {
        Assert.Equal(pair.First.Tokens, pair.Second.Tokens);
        Assert.Equal(pair.First.LogProbabilities, pair.Second.LogProbabilities);
        Assert.Equal(pair.First.FinishReason, pair.Second.FinishReason);
    });
}
