using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>Scores and gradients against the plain decoder, whose gradients are central differences in double precision.</summary>
public abstract class GradientConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    private const double Step = 1e-5;
    private const int ElementsPerTensor = 3;

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
        CheckGradients(policy, config, Tensors(policy), scaling: 0);
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

        Dictionary<string, double[]> tensors = Tensors(whole);
        foreach ((string name, double[] values) in Tensors(policy))
        {
            tensors.Add(name, values);
        }

        CheckGradients(policy, config, tensors, lora.Scaling);
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

    private static void CheckGradients(ITrainablePolicy policy, PolicyConfig config, Dictionary<string, double[]> tensors, double scaling)
    {
        List<TokenSequence> sequences = [.. TinyPolicies.Sequences(config, 11, 34, 2), .. TinyPolicies.Families(config, 14, 9)];
        List<float[]> gradients;
        using (IForwardPass pass = policy.Forward(sequences))
        {
            gradients = TinyPolicies.Gradients(pass.LogProbabilities, 12);
            pass.Backward(gradients);
        }

        var plain = new PlainDecoder(config, tensors, scaling);
        var random = new RandomStream(13);
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            double[] values = tensors[parameter.Name];
            double largest = parameter.Gradient.ToArray().Max(Math.Abs);
            Assert.True(largest > 0, parameter.Name);
            for (int i = 0; i < ElementsPerTensor; i++)
            {
                int element = random.NextInt(values.Length);
                double expected = (Loss(+Step) - Loss(-Step)) / (2 * Step);
                double found = parameter.Gradient.Span[element];
                Assert.True(Math.Abs(expected - found) <= TEngine.GradientTolerance * (0.1 + largest), $"{parameter.Name}[{element}]: {found} should be {expected}");

                double Loss(double step)
                {
                    double before = values[element];
                    values[element] += step;
                    double loss = sequences.Zip(gradients).Sum(pair => plain.Score(pair.First).Zip(pair.Second, (score, g) => score * g).Sum());
                    values[element] = before;
                    return loss;
                }
            }
        }
    }

    private static Dictionary<string, double[]> Tensors(ITrainablePolicy policy) =>
        policy.Parameters.ToDictionary(p => p.Name, p => p.Value.ToArray().Select(v => (double)v).ToArray());
}
