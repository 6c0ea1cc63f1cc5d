using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>Scores and gradients against the plain decoder, whose gradients are central differences in double precision.</summary>
public abstract class GradientConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Score_NewPolicy_EqualsPlainDecoder(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = Engine.Create(config, seed: 5);
        List<TokenSequence> sequences = [.. TinyPolicies.Sequences(config, 6, 2, 17, 70, 33, 1, 128), .. TinyPolicies.Families(config, 7, 3, 12, 31)];

        IReadOnlyList<float[]> scores = policy.Score(sequences);

        var plain = new PlainDecoder(config, Tensors(policy));
        foreach ((TokenSequence sequence, float[] found) in sequences.Zip(scores))
        {
            AssertScores(plain.Score(sequence), found);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_FullTraining_EqualsFiniteDifferences(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = Engine.Create(config, seed: 7);
        Nudge(policy);
        CheckGradients(policy, config, Tensors(policy));
    }

    [Theory]
    [InlineData("grouped-tied", 4, "q_proj k_proj v_proj o_proj gate_proj up_proj down_proj")]
    [InlineData("odd-untied", 5, "q_proj v_proj")]
    [InlineData("wide-heads", 20, "q_proj k_proj v_proj o_proj gate_proj up_proj down_proj")]
    [InlineData("whole-vectors", 40, "o_proj up_proj down_proj")]
    [InlineData("whole-vectors", 31, "q_proj k_proj v_proj gate_proj up_proj")]
    [InlineData("biased", 3, "q_proj v_proj o_proj down_proj")]
    [InlineData("qwen3", 4, "q_proj k_proj v_proj o_proj")]
    public void Backward_Adapter_EqualsFiniteDifferences(string shape, int rank, string targets)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        var lora = new LoraConfig(rank, Alpha: rank * 1.5, targets.Split(' '));
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        whole.Save(Folder("base"));
        using ITrainablePolicy policy = Engine.LoadForAdapterTraining(Folder("base"), null, lora, seed: 9);
        Assert.Equal(AdapterLayout.Tensors(config, lora).Select(t => t.Name), policy.Parameters.Select(p => p.Name));
        Nudge(policy);

        CheckGradients(policy, config, Tensors(whole, policy), lora);
    }

    [Fact]
    public void Backward_AdapterByPatterns_EqualsFiniteDifferences()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        var lora = new LoraConfig(4, Alpha: 7, ["q_proj", "v_proj", "layers.1.self_attn.k_proj", "down_proj"])
        {
            UseRsLora = true,
            RankPattern = new Dictionary<string, int> { ["layers.0.self_attn.q_proj"] = 7, ["down_proj"] = 2 },
            AlphaPattern = new Dictionary<string, double> { ["v_proj"] = 3 },
        };
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        whole.Save(Folder("base"));
        using ITrainablePolicy policy = Engine.LoadForAdapterTraining(Folder("base"), null, lora, seed: 9);
        Assert.Equal(AdapterLayout.Tensors(config, lora).Select(t => t.Name), policy.Parameters.Select(p => p.Name));
        Nudge(policy);

        CheckGradients(policy, config, Tensors(whole, policy), lora);
    }

    [Fact]
    public void Backward_TwoPasses_Accumulate()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy policy = Engine.Create(config, seed: 3);
        List<TokenSequence> a = TinyPolicies.Sequences(config, 1, 9), b = TinyPolicies.Sequences(config, 2, 13);

        Backward(policy, a, 4);
        float[][] first = [.. policy.Parameters.Select(p => p.Gradient.ToArray())];
        policy.Parameters.ToList().ForEach(p => p.Gradient.Span.Clear());
        Backward(policy, b, 5);
        float[][] second = [.. policy.Parameters.Select(p => p.Gradient.ToArray())];
        policy.Parameters.ToList().ForEach(p => p.Gradient.Span.Clear());
        using (IForwardPass one = policy.Forward(a), two = policy.Forward(b))
        {
            two.Backward(TinyPolicies.Gradients(two.LogProbabilities, 5));
            one.Backward(TinyPolicies.Gradients(one.LogProbabilities, 4));
        }

        for (int i = 0; i < first.Length; i++)
        {
            float[] both = policy.Parameters[i].Gradient.ToArray();
            Assert.All(both.Zip(first[i].Zip(second[i])), x => Assert.Equal(x.Second.First + x.Second.Second, x.First, 1e-5f));
        }
    }

    [Fact]
    public void Backward_NothingScored_LeavesGradientsZero()
    {
        PolicyConfig config = TinyPolicies.Config("odd-untied");
        using ITrainablePolicy policy = Engine.Create(config, seed: 3);
        using IForwardPass pass = policy.Forward([new TokenSequence([1, 2, 3], [false, false, false]), new TokenSequence([4], [false])]);

        pass.Backward(pass.LogProbabilities);

        Assert.All(pass.LogProbabilities, Assert.Empty);
        Assert.All(policy.Parameters, p => Assert.True(p.Gradient.Span.IndexOfAnyExcept(0f) < 0));
    }

    [Fact]
    public void Backward_Twice_Throws()
    {
        PolicyConfig config = TinyPolicies.Config("odd-untied");
        using ITrainablePolicy policy = Engine.Create(config, seed: 3);
        using IForwardPass pass = policy.Forward(TinyPolicies.Sequences(config, 1, 5));
        pass.Backward(pass.LogProbabilities);
        Assert.Throws<InvalidOperationException>(() => pass.Backward(pass.LogProbabilities));
    }

    private static void Backward(ITrainablePolicy policy, List<TokenSequence> sequences, long seed)
    {
        using IForwardPass pass = policy.Forward(sequences);
        pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, seed));
    }

    private static void CheckGradients(ITrainablePolicy policy, PolicyConfig config, Dictionary<string, double[]> tensors, LoraConfig? lora = null) =>
        FiniteDifferences.Check(
            policy, new PlainDecoder(config, tensors, lora), tensors,
            [.. TinyPolicies.Sequences(config, 11, 34, 2), .. TinyPolicies.Families(config, 14, 9)], TEngine.GradientTolerance, elementsPerTensor: 2);

    private static Dictionary<string, double[]> Tensors(params ITrainablePolicy[] policies) => FiniteDifferences.Tensors(policies);
}
