using AlignOps.Models.Adapters;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>The scalar head of transformers' sequence classification: values, their gradients, and the way through files.</summary>
public abstract class RewardConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    private static readonly LoraConfig Lora = new(4, Alpha: 6) { RewardHead = true };

    [Theory]
    [InlineData("grouped-tied")]
    [InlineData("qwen2")]
    public void Values_OfWholeTexts_EqualPlainDecoderAndItsDifferences(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        using ITrainablePolicy policy = Reward(whole);
        Dictionary<string, double[]> tensors = FiniteDifferences.Tensors(whole, policy);
        var plain = new PlainDecoder(config, tensors, Lora);
        Assert.Equal([1, config.HiddenSize], Assert.Single(policy.Parameters, p => p.Name == "base_model.model.score.weight").Shape);

        // Some are valued, some scored, some both; one valued text is the beginning of another.
        List<TokenSequence> sequences = [.. TinyPolicies.Families(config, 14, 9).Select((s, i) => i % 3 == 0 ? s : TokenSequence.ForValue(s.Tokens))];
        sequences[0] = sequences[0] with { Valued = true };
        sequences.Add(TokenSequence.ForValue(sequences[^1].Tokens[..^2]));
        sequences.Add(TokenSequence.ForValue([3]));

        using (IForwardPass pass = policy.Forward(sequences))
        {
            AssertScores(sequences.Where(s => s.Valued).Select(plain.Value), pass.Values!);
            AssertScores(sequences.SelectMany(plain.Score), pass.LogProbabilities.SelectMany(s => s));
        }

        FiniteDifferences.Check(policy, plain, tensors, [sequences[0], sequences[2], sequences[5], sequences[6]], TEngine.GradientTolerance);
    }

    [Fact]
    public void LoadRewardModel_SavedReward_RatesAsInTraining()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        using ITrainablePolicy policy = Reward(whole);
        policy.Save(Folder("reward"));
        int[][] texts = [.. TinyPolicies.Families(config, 3, 8).Select(s => s.Tokens)];
        using IForwardPass pass = policy.Forward([.. texts.Select(TokenSequence.ForValue)]);

        using IRewardModel model = Engine.LoadRewardModel(Folder("base"), Folder("reward"));
        using ITrainablePolicy again = Engine.LoadForRewardTraining(Folder("base"), Folder("reward"), Lora, seed: 1);

        AssertScores(pass.Values!.Select(v => (double)v), model.Score(texts));
        Assert.Equal(policy.Parameters.Select(p => p.Value.ToArray()), again.Parameters.Select(p => p.Value.ToArray()));
        Assert.Throws<ArgumentException>(() => model.Score([[]]));
        Assert.Throws<ArgumentException>(() => model.Score([[config.VocabSize]]));
    }

    [Fact]
    public void LoadForRewardTraining_NewHead_IsDrawnAsTransformersDraws()
    {
        PolicyConfig config = TinyPolicies.Config("whole-vectors") with { HiddenSize = 512, IntermediateSize = 8 };
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        whole.Save(Folder("base"));
        using ITrainablePolicy policy = Engine.LoadForRewardTraining(Folder("base"), null, Lora, seed: 9);
        float[] head = policy.Parameters[^1].Value.ToArray();
        Assert.InRange(Math.Sqrt(head.Average(v => (double)v * v)), 0.018, 0.022);
        Assert.InRange(head.Average(), -0.003, 0.003);
    }

    [Fact]
    public void LoadRewardModel_AdapterOfAnotherBaseOrWithoutAHead_IsRefused()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy whole = Engine.Create(config, seed: 8), other = Engine.Create(config, seed: 9);
        using ITrainablePolicy policy = Reward(whole), plain = Engine.LoadForAdapterTraining(Folder("base"), null, new LoraConfig(4), seed: 9);
        policy.Save(Folder("reward"));
        plain.Save(Folder("plain"));
        other.Save(Folder("other"));

        Assert.Throws<ModelFormatException>(() => Engine.LoadRewardModel(Folder("other"), Folder("reward")));
        ModelFormatException fault = Assert.Throws<ModelFormatException>(() => Engine.LoadRewardModel(Folder("base"), Folder("plain")));
        Assert.Contains("reward head", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_AskedOfNobody_AreRefused()
    {
        PolicyConfig config = TinyPolicies.Config("grouped-tied");
        using ITrainablePolicy whole = Engine.Create(config, seed: 8);
        using ITrainablePolicy policy = Reward(whole);
        using IForwardPass pass = policy.Forward([TokenSequence.ForValue([1, 2]), TokenSequence.ForValue([3])]);

        Assert.Throws<ArgumentException>(() => whole.Forward([TokenSequence.ForValue([1, 2])]));
        Assert.Throws<ArgumentException>(() => pass.Backward(pass.LogProbabilities));
        Assert.Throws<ArgumentException>(() => pass.Backward(pass.LogProbabilities, [1f]));
        using IForwardPass none = whole.Forward([TokenSequence.PromptAnswer([1], [2])]);
        Assert.Null(none.Values);
    }

    private ITrainablePolicy Reward(ITrainablePolicy whole)
    {
        whole.Save(Folder("base"));
        ITrainablePolicy policy = Engine.LoadForRewardTraining(Folder("base"), null, Lora, seed: 9);
        Nudge(policy);
        return policy;
    }
}
