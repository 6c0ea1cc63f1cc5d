using AlignOps.Models.Adapters;
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

    /// <summary>Blocks that are run again give what they gave: scores, gradients and values, with noise and without, where adapters cover some blocks alone.</summary>
    [Theory]
    [InlineData("grouped-tied", 0)]
    [InlineData("qwen3", 0.2)]
    [InlineData("odd-untied", 0.2)]
    public void Training_BlocksRunAgainOrKept_GivesTheSameBits(string shape, double dropout)
    {
        using var directory = new TemporaryDirectory();
        PolicyConfig config = TinyPolicies.Config(shape);
        var engine = new CpuPolicyEngine(2);
        using (ITrainablePolicy whole = engine.Create(config, seed: 4))
        {
            whole.Save(directory["base"]);
        }

        List<TokenSequence> sequences = [.. TinyPolicies.Families(config, 22, 6, 17).Select((s, i) => s with { Noise = i / 5 }), .. TinyPolicies.Sequences(config, 21, 9, 70)];
        var lora = new LoraConfig(4, 8, ["q_proj", "o_proj", $"layers.{config.LayerCount - 1}.mlp.down_proj"]) { Dropout = dropout };
        Assert.Equal(Train(engine.LoadForAdapterTraining(directory["base"], null, lora, seed: 3), false), Train(engine.LoadForAdapterTraining(directory["base"], null, lora, seed: 3), true));
        Assert.Equal(Train(engine.Create(config, seed: 4), false), Train(engine.Create(config, seed: 4), true));

        float[][] Train(ITrainablePolicy policy, bool recomputes)
        {
            using (policy)
            {
                foreach (TrainableParameter parameter in policy.Parameters.Where(p => p.Name.Contains("lora", StringComparison.Ordinal)))
                {
                    parameter.Value.Span.Fill(0.01f);
                }

                using IForwardPass pass = policy.Forward(sequences, new PassOptions { NeftuneAlpha = 5, Recomputes = recomputes });
                pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
                return [.. pass.LogProbabilities, .. policy.Parameters.Select(p => p.Gradient.ToArray())];
            }
        }
    }

    /// <summary>Running a common beginning once or in each sequence: the same scores, and gradients that differ by the order of additions alone.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Training_PrefixesSharedOrNot_GivesTheSameScoresAndGradients(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        List<TokenSequence> sequences = [.. TinyPolicies.Families(config, 22, 6, 17), .. TinyPolicies.Sequences(config, 21, 9, 30)];
        (float[][] scores, float[] gradient) = Train(new PassOptions());
        (float[][] apart, float[] other) = Train(new PassOptions { SharesPrefixes = false });

        Assert.Equal(apart, scores);
        double difference = Math.Sqrt(gradient.Zip(other).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2)) / other.Sum(g => (double)g * g));
        Assert.InRange(difference, double.Epsilon, 1e-5);

        (float[][] Scores, float[] Gradient) Train(PassOptions options)
        {
            using ITrainablePolicy policy = new CpuPolicyEngine(2).Create(config, seed: 4);
            using IForwardPass pass = policy.Forward(sequences, options);
            pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5));
            return ([.. pass.LogProbabilities], [.. policy.Parameters.SelectMany(p => p.Gradient.ToArray())]);
        }
    }

    /// <summary>Noise hangs on the sequence and the position: not on threads, nor on what else is in the batch, nor on a prefix that is shared.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Noise_AnyThreadsAnyCompany_GivesTheSameBits(double neftuneAlpha)
    {
        using var directory = new TemporaryDirectory();
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using (ITrainablePolicy whole = new CpuPolicyEngine(1).Create(config, seed: 4))
        {
            whole.Save(directory["base"]);
        }

        List<TokenSequence> sequences =
        [
            .. TinyPolicies.Families(config, 22, 6, 17).Select((s, i) => s with { Noise = i / 5 }),
            .. TinyPolicies.Families(config, 23, 9).Select((s, i) => s with { Noise = i, Valued = i % 2 == 0 }),
        ];
        var options = new PassOptions { NeftuneAlpha = neftuneAlpha, Statistics = true };
        float[][] expected = Train(1, sequences, backward: true);
        Assert.Equal(expected, Train(2, sequences, backward: true));
        Assert.Equal(expected, Train(5, sequences, backward: true));
        Assert.Equal(Train(2, sequences, backward: false), sequences.SelectMany(s => Train(2, [s], backward: false)));

        float[][] Train(int threads, List<TokenSequence> sequences, bool backward)
        {
            var lora = new LoraConfig(4) { Dropout = 0.2 };
            using ITrainablePolicy policy = new CpuPolicyEngine(threads).LoadForRewardTraining(directory["base"], null, lora, seed: 3);
            foreach (TrainableParameter parameter in policy.Parameters)
            {
                parameter.Value.Span.Fill(0.01f);
            }

            using IForwardPass pass = policy.Forward(sequences, options);
            if (!backward)
            {
                return [.. pass.LogProbabilities];
            }

            pass.Backward(TinyPolicies.Gradients(pass.LogProbabilities, 5), [.. pass.Values!]);
            return [.. pass.LogProbabilities, .. pass.Statistics!.Entropy, [.. pass.Values!], .. policy.Parameters.Select(p => p.Gradient.ToArray())];
        }
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
