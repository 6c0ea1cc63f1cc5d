using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>Policies through files: checkpoints and adapters written, read, continued and merged.</summary>
public sealed class FileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CpuPolicyEngine _engine = new(2);
    private readonly PolicyConfig _config = TinyPolicies.Config("grouped-tied");

    [Theory]
    [InlineData("grouped-tied")]
    [InlineData("odd-untied")]
    public void Save_WholePolicy_LoadsToTheSameScores(string shape)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        using ITrainablePolicy policy = _engine.Create(config, seed: 1);
        List<TokenSequence> sequences = TinyPolicies.Sequences(config, 2, 20, 41);
        policy.Save(_directory["a"]);

        using IPolicyModel loaded = _engine.Load(_directory["a"], null);
        using ITrainablePolicy again = _engine.LoadForFullTraining(_directory["a"]);

        Assert.Equal(policy.Score(sequences), loaded.Score(sequences));
        Assert.Equal(policy.Parameters.Select(p => p.Name), again.Parameters.Select(p => p.Name));
        Assert.Equal(policy.Parameters.Select(p => p.Value.ToArray()), again.Parameters.Select(p => p.Value.ToArray()));
    }

    [Fact]
    public void LoadForAdapterTraining_NewAdapter_ScoresAsTheBase()
    {
        using ITrainablePolicy policy = Adapter(null);
        using IPolicyModel plain = _engine.Load(_directory["base"], null);
        List<TokenSequence> sequences = TinyPolicies.Sequences(_config, 2, 20, 41);

        Assert.Equal(plain.Score(sequences), policy.Score(sequences));
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
        Train(policy);
        policy.Save(_directory["adapter"]);
        List<TokenSequence> sequences = TinyPolicies.Sequences(_config, 2, 20, 41);

        using IPolicyModel merged = _engine.Load(_directory["base"], _directory["adapter"]);
        using IPolicyModel plain = _engine.Load(_directory["base"], null);

        float[] trained = [.. policy.Score(sequences).SelectMany(s => s)], loaded = [.. merged.Score(sequences).SelectMany(s => s)];
        Assert.All(trained.Zip(loaded), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.NotEqual(plain.Score(sequences).SelectMany(s => s), loaded);
    }

    [Fact]
    public void LoadForAdapterTraining_SavedAdapter_ContinuesWhereItWas()
    {
        using ITrainablePolicy policy = Adapter(null);
        Train(policy);
        policy.Save(_directory["adapter"]);

        using ITrainablePolicy continued = Adapter(_directory["adapter"]);
        continued.Save(_directory["again"]);

        Assert.Equal(policy.Parameters.Select(p => p.Value.ToArray()), continued.Parameters.Select(p => p.Value.ToArray()));
        foreach (string file in Directory.EnumerateFiles(_directory["adapter"]))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_directory["again"], Path.GetFileName(file))));
        }
    }

    [Fact]
    public void LoadForAdapterTraining_AdapterOfAnotherRank_IsRefused()
    {
        using ITrainablePolicy policy = Adapter(null);
        policy.Save(_directory["adapter"]);

        ModelFormatException fault = Assert.Throws<ModelFormatException>(() =>
            _engine.LoadForAdapterTraining(_directory["base"], _directory["adapter"], new LoraConfig(Rank: 16), seed: 3));
        Assert.Contains("rank 4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ShapeThatCannotBe_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => _engine.Create(_config with { KeyValueHeadCount = 3 }, seed: 1));
        Assert.Throws<ArgumentException>(() => _engine.Create(_config with { HeadDim = 7 }, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuPolicyEngine(0));
    }

    [Fact]
    public void LoadForAdapterTraining_UnknownTarget_IsRefused()
    {
        Adapter(null).Dispose();
        Assert.Throws<ArgumentException>(() => _engine.LoadForAdapterTraining(_directory["base"], null, new LoraConfig(TargetModules: ["lm_head"]), seed: 3));
        Assert.Throws<ArgumentException>(() => _engine.LoadForAdapterTraining(_directory["base"], null, new LoraConfig(Rank: 0), seed: 3));
    }

    [Fact]
    public void Score_TokenOutsideVocabulary_IsRefused()
    {
        using ITrainablePolicy policy = _engine.Create(_config, seed: 1);
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
        using ITrainablePolicy policy = _engine.Create(_config, seed: 1);
        GenerationResult full = policy.Generate([new GenerationRequest(new int[_config.MaxPositions], 4, 1, 1, 0)])[0];
        GenerationResult one = policy.Generate([new GenerationRequest(new int[_config.MaxPositions - 1], 4, 0, 1, 0)])[0];
        Assert.Equal((0, FinishReason.Length), (full.Tokens.Length, full.FinishReason));
        Assert.Single(one.LogProbabilities);
    }

    [Fact]
    public void Generate_Cancelled_Stops()
    {
        using ITrainablePolicy policy = _engine.Create(_config, seed: 1);
        Assert.ThrowsAny<OperationCanceledException>(() => policy.Generate([new GenerationRequest([1, 2], 40, 1, 1, 0)], new CancellationToken(canceled: true)));
    }

    public void Dispose() => _directory.Dispose();

    private ITrainablePolicy Adapter(string? continued)
    {
        if (!Directory.Exists(_directory["base"]))
        {
            using ITrainablePolicy whole = _engine.Create(_config, seed: 1);
            whole.Save(_directory["base"]);
        }

        return _engine.LoadForAdapterTraining(_directory["base"], continued, new LoraConfig(Rank: 4), seed: 3);
    }

    private static void Train(ITrainablePolicy policy)
    {
        var random = new RandomStream(5);
        foreach (TrainableParameter parameter in policy.Parameters)
        {
            foreach (ref float value in parameter.Value.Span)
            {
                value += (float)(0.05 * random.NextNormal());
            }
        }
    }
}
