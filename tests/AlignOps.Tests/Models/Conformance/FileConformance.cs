using AlignOps.Models.Adapters;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>Policies through files: checkpoints and adapters written, read, continued and merged.</summary>
public abstract class FileConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    private readonly PolicyConfig _config = TinyPolicies.Config("grouped-tied");

    [Theory]
    [InlineData("grouped-tied")]
    [InlineData("odd-untied")]
    [InlineData("biased")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    [InlineData("mistral")]
    public void Save_WholePolicy_LoadsToTheSameScores(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = Engine.Create(config, seed: 1);
        List<TokenSequence> sequences = TinyPolicies.Sequences(config, 2, 20, 41);
        policy.Save(Folder("a"));

        using IPolicyModel loaded = Engine.Load(Folder("a"), null);
        using ITrainablePolicy again = Engine.LoadForFullTraining(Folder("a"));

        AssertScores(policy.Score(sequences), loaded.Score(sequences));
        Assert.Equal(policy.Parameters.Select(p => p.Name), again.Parameters.Select(p => p.Name));
        Assert.Equal(policy.Parameters.Select(p => p.Value.ToArray()), again.Parameters.Select(p => p.Value.ToArray()));
    }

    [Fact]
    public void LoadForAdapterTraining_NewAdapter_ScoresAsTheBase()
    {
        using ITrainablePolicy policy = Adapter(null);
        using IPolicyModel plain = Engine.Load(Folder("base"), null);
        List<TokenSequence> sequences = TinyPolicies.Sequences(_config, 2, 20, 41);

        AssertScores(plain.Score(sequences), policy.Score(sequences));
        Assert.All(policy.Parameters.Where(p => p.Name.EndsWith("lora_B.weight", StringComparison.Ordinal)), p => Assert.True(p.Value.Span.IndexOfAnyExcept(0f) < 0));
        Assert.All(policy.Parameters.Where(p => p.Name.EndsWith("lora_A.weight", StringComparison.Ordinal)), p =>
        {
            double bound = 1 / Math.Sqrt(p.Shape[1]);
            Assert.All(p.Value.ToArray(), value => Assert.InRange(value, -bound, bound));
            Assert.True(p.Value.ToArray().Max() > 0.5 * bound);
        });
    }

    [Fact]
    public void Load_TrainedAdapter_ScoresAsInTraining()
    {
        using ITrainablePolicy policy = Adapter(null);
        Nudge(policy);
        policy.Save(Folder("adapter"));
        List<TokenSequence> sequences = TinyPolicies.Sequences(_config, 2, 20, 41);

        using IPolicyModel merged = Engine.Load(Folder("base"), Folder("adapter"));
        using IPolicyModel plain = Engine.Load(Folder("base"), null);

        AssertScores(policy.Score(sequences), merged.Score(sequences));
        Assert.True(plain.Score(sequences)[1].Zip(merged.Score(sequences)[1]).Max(pair => Math.Abs(pair.First - pair.Second)) > 100 * TEngine.ScoreTolerance);
    }

    [Fact]
    public void LoadForAdapterTraining_SavedAdapter_ContinuesWhereItWas()
    {
        using ITrainablePolicy policy = Adapter(null);
        Nudge(policy);
        policy.Save(Folder("adapter"));

        using ITrainablePolicy continued = Adapter(Folder("adapter"));
        continued.Save(Folder("again"));

        Assert.Equal(policy.Parameters.Select(p => p.Value.ToArray()), continued.Parameters.Select(p => p.Value.ToArray()));
        foreach (string file in Directory.EnumerateFiles(Folder("adapter")))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(Folder("again"), Path.GetFileName(file))));
        }
    }

    [Fact]
    public void LoadForAdapterTraining_AdapterOfAnotherRank_IsRefused()
    {
        using ITrainablePolicy policy = Adapter(null);
        policy.Save(Folder("adapter"));

        ModelFormatException fault = Assert.Throws<ModelFormatException>(() =>
            Engine.LoadForAdapterTraining(Folder("base"), Folder("adapter"), new LoraConfig(Rank: 16), seed: 3));
        Assert.Contains("rank 4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ShapeThatCannotBe_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Engine.Create(_config with { KeyValueHeadCount = 3 }, seed: 1));
        Assert.Throws<ArgumentException>(() => Engine.Create(_config with { HeadDim = 7 }, seed: 1));
        Assert.Throws<ArgumentException>(() => Engine.Create(_config with { SlidingWindow = 7 }, seed: 1));
        Assert.Throws<ArgumentException>(() => Engine.Create(_config with { Family = PolicyFamily.Qwen2, MlpBias = true }, seed: 1));
    }

    [Fact]
    public void LoadForAdapterTraining_UnknownTarget_IsRefused()
    {
        Adapter(null).Dispose();
        Assert.Throws<ArgumentException>(() => Engine.LoadForAdapterTraining(Folder("base"), null, new LoraConfig(TargetModules: ["lm_head"]), seed: 3));
        Assert.Throws<ArgumentException>(() => Engine.LoadForAdapterTraining(Folder("base"), null, new LoraConfig(Rank: 0), seed: 3));
    }

    [Fact]
    public void Score_TokenOutsideVocabulary_IsRefused()
    {
        using ITrainablePolicy policy = Engine.Create(_config, seed: 1);
        Assert.Throws<ArgumentException>(() => policy.Score([new TokenSequence([3, _config.VocabSize], [false, true])]));
        Assert.Throws<ArgumentException>(() => policy.Forward([new TokenSequence([-1, 2], [false, true])]));
        Assert.Throws<ArgumentException>(() => policy.Generate([new GenerationRequest([_config.VocabSize], 4, 1, 1, 0)]));
        Assert.Throws<ArgumentException>(() => policy.Generate([new GenerationRequest([], 4, 1, 1, 0)]));
        Assert.Throws<ArgumentException>(() => policy.Score([new TokenSequence(new int[_config.MaxPositions + 1], new bool[_config.MaxPositions + 1])]));
        Assert.Throws<ArgumentException>(() => policy.Score([new TokenSequence([1, 2], [true, true])]));
    }

    [Fact]
    public void Generate_PromptAtThePositionLimit_EndsByLength()
    {
        using ITrainablePolicy policy = Engine.Create(_config, seed: 1);
        GenerationResult full = policy.Generate([new GenerationRequest(new int[_config.MaxPositions], 4, 1, 1, 0)])[0];
        GenerationResult one = policy.Generate([new GenerationRequest(new int[_config.MaxPositions - 1], 4, 0, 1, 0)])[0];
        Assert.Equal((0, FinishReason.Length), (full.Tokens.Length, full.FinishReason));
        Assert.Single(one.LogProbabilities);
    }

    [Fact]
    public void Generate_Cancelled_Stops()
    {
        using ITrainablePolicy policy = Engine.Create(_config, seed: 1);
        Assert.ThrowsAny<OperationCanceledException>(() => policy.Generate([new GenerationRequest([1, 2], 40, 1, 1, 0)], new CancellationToken(canceled: true)));
    }

    private ITrainablePolicy Adapter(string? continued)
    {
        if (!Directory.Exists(Folder("base")))
        {
            using ITrainablePolicy whole = Engine.Create(_config, seed: 1);
            whole.Save(Folder("base"));
        }

        return Engine.LoadForAdapterTraining(Folder("base"), continued, new LoraConfig(Rank: 4), seed: 3);
    }
}
