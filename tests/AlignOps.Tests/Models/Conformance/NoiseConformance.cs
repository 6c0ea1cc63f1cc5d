using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>NEFTune, LoRA dropout and the statistics of a pass against the plain decoder, which draws the same noise.</summary>
public abstract class NoiseConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    private static readonly PassOptions Neftune = new() { NeftuneAlpha = 5 };

    [Theory]
    [InlineData("grouped-tied", "q_proj k_proj v_proj o_proj gate_proj up_proj down_proj")]
    [InlineData("odd-untied", "o_proj up_proj")]
    [InlineData("qwen3", "q_proj down_proj")]
    public void Forward_AdapterWithNoise_EqualsPlainDecoderAndItsDifferences(string shape, string targets)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        var lora = new LoraConfig(4, Alpha: 6, targets.Split(' ')) { Dropout = 0.3 };
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        using ITrainablePolicy policy = Adapter(whole, lora);
        Dictionary<string, double[]> tensors = FiniteDifferences.Tensors(whole, policy);
        var plain = new PlainDecoder(config, tensors, lora, Neftune);
        List<TokenSequence> sequences = Noisy(config);

        using (IForwardPass pass = policy.Forward(sequences, Neftune))
        {
            AssertScores(sequences.SelectMany(plain.Score), pass.LogProbabilities.SelectMany(s => s));
        }

        FiniteDifferences.Check(policy, plain, tensors, [sequences[0], sequences[2], sequences[5], sequences[7]], TEngine.GradientTolerance, Neftune);
    }

    [Fact]
    public void Forward_FullTrainingWithNeftune_EqualsDifferences()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy policy = Engine.Create(config, seed: 7);
        Nudge(policy);
        Dictionary<string, double[]> tensors = FiniteDifferences.Tensors(policy);
        FiniteDifferences.Check(policy, new PlainDecoder(config, tensors, training: Neftune), tensors, Noisy(config)[5..8], TEngine.GradientTolerance, Neftune);
    }

    [Fact]
    public void Score_SequencesWithNoise_HaveNone()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        using ITrainablePolicy policy = Adapter(whole, new LoraConfig(4) { Dropout = 0.5 });
        List<TokenSequence> noisy = Noisy(config), quiet = [.. noisy.Select(s => s with { Noise = null })];

        AssertScores(policy.Score(quiet), policy.Score(noisy));

        using IForwardPass pass = policy.Forward(noisy, Neftune);
        Assert.True(pass.LogProbabilities[0].Zip(policy.Score(noisy)[0]).Max(pair => Math.Abs(pair.First - pair.Second)) > 100 * TEngine.ScoreTolerance);
        AssertScores([.. noisy.Where(s => s.Noise is null).Select(s => policy.Score([s])[0])], [.. noisy.Index().Where(s => s.Item.Noise is null).Select(s => pass.LogProbabilities[s.Index])]);
    }

    [Fact]
    public void Statistics_WhenAskedFor_EqualPlainDecoder()
    {
        PolicyConfig config = TinyPolicies.Config("odd-untied");
        using ITrainablePolicy policy = Engine.Create(config, seed: 7);
        var plain = new PlainDecoder(config, FiniteDifferences.Tensors(policy));
        List<TokenSequence> sequences = TinyPolicies.Families(config, 3, 9);

        // The likeliest first answer is told by the policy itself, so that both answers occur.
        int likeliest = Array.IndexOf(plain.Distributions(sequences[0])[0], plain.Distributions(sequences[0])[0].Max());
        int[] tokens = [.. sequences[0].Tokens];
        tokens[Array.IndexOf(sequences[0].Scored, true)] = likeliest;
        sequences[0] = sequences[0] with { Tokens = tokens };

        using IForwardPass unasked = policy.Forward(sequences);
        using IForwardPass pass = policy.Forward(sequences, new PassOptions { Statistics = true });

        Assert.Null(unasked.Statistics);
        AssertScores(sequences.SelectMany(plain.Distributions).Select(logs => -logs.Sum(log => Math.Exp(log) * log)), pass.Statistics!.Entropy.SelectMany(e => e));
        Assert.Equal(
            sequences.Select(s => plain.Distributions(s).Zip(s.Tokens.Where((_, t) => s.Scored[t]), (logs, token) => logs[token] == logs.Max()).ToArray()),
            pass.Statistics.Likeliest);
        Assert.True(pass.Statistics.Likeliest[0][0]);
    }

    /// <summary>Families of one seed, of several, and sequences without.</summary>
    internal static List<TokenSequence> Noisy(PolicyConfig config) =>
    [
        .. TinyPolicies.Families(config, 14, 9).Select(s => s with { Noise = 77 }),
        .. TinyPolicies.Families(config, 15, 6).Select((s, i) => s with { Noise = i % 3 == 2 ? null : -i }),
    ];

    private ITrainablePolicy Adapter(ITrainablePolicy whole, LoraConfig lora)
    {
        whole.Save(Folder("base"));
        ITrainablePolicy policy = Engine.LoadForAdapterTraining(Folder("base"), null, lora, seed: 9);
        Nudge(policy);
        return policy;
    }
}
