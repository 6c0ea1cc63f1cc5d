using System.Text.Json.Nodes;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Tests.Models.Conformance;

/// <summary>
/// Each family's policies against transformers in double precision, from checkpoints of every dtype in shards: log-probabilities far beyond the lengths that rotary
/// scaling began from and that windows reach, gradients of every weight, and greedy text.
/// </summary>
public abstract class FamilyConformance<TEngine> : EngineConformance<TEngine>
    where TEngine : IEngineUnderTest
{
    /// <summary>Absolute; the loss has gradients of the order of one.</summary>
    private const double GradientTolerance = 1e-4;

    public static TheoryData<string> Families => FamilyGolden.All;

    [Theory]
    [MemberData(nameof(Families))]
    public void Score_Family_EqualsTransformers(string family)
    {
        FamilyGolden golden = Written(family);
        using IPolicyModel policy = Engine.Load(Folder(family), null);

        IReadOnlyList<float[]> scores = policy.Score(golden.Sequences(policy.Config.VocabSize));

        Assert.InRange(Furthest(golden.Scores, scores), 0, TEngine.FamilyScoreTolerance);
    }

    /// <summary>The same weights in the files that transformers itself wrote: bf16 and fp16, in shards, tied and not.</summary>
    [Theory]
    [InlineData("llama3")]
    [InlineData("qwen3")]
    [InlineData("mistral")]
    public void Score_SavedByTransformers_EqualsTransformers(string family)
    {
        FamilyGolden golden = FamilyGolden.Read(family);
        FamilyGolden.ExtractSaved(Folder("saved"));
        using IPolicyModel policy = Engine.Load(Path.Combine(Folder("saved"), family), null);

        IReadOnlyList<float[]> scores = policy.Score(golden.Sequences(policy.Config.VocabSize));

        Assert.InRange(Furthest(golden.Scores, scores), 0, TEngine.FamilyScoreTolerance);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Backward_Family_EqualsTransformers(string family)
    {
        FamilyGolden golden = Written(family);
        using ITrainablePolicy policy = Engine.LoadForFullTraining(Folder(family));
        using IForwardPass pass = policy.Forward(golden.Sequences(policy.Config.VocabSize));

        pass.Backward(golden.LossGradients());

        Assert.Equal(golden.Gradients.Keys.Order(StringComparer.Ordinal), policy.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal));
        double tolerance = Math.Max(GradientTolerance, TEngine.GradientTolerance);
        Assert.All(policy.Parameters, p => golden.Gradients[p.Name].AssertEquals(p.Gradient.Span, tolerance, p.Name));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Generate_Greedy_EqualsTransformers(string family)
    {
        FamilyGolden golden = Written(family);
        using IPolicyModel policy = Engine.Load(Folder(family), null);
        GenerationRequest[] requests = [.. golden.Greedy.Select((_, i) => new GenerationRequest(golden.Prompt(policy.Config.VocabSize, i), 24, 0, 1, 0))];

        IReadOnlyList<GenerationResult> results = policy.Generate(requests);

        Assert.Equal(
            golden.Greedy.Select(answer => answer.TakeWhile(token => !policy.Config.EosTokenIds.Contains(token))), results.Select(result => result.Tokens));
    }

    /// <summary>What the fixtures would say of a reader that passed over a key.</summary>
    [Theory]
    [InlineData("llama3", "rope_scaling")]
    [InlineData("llama-yarn", "rope_parameters")]
    [InlineData("qwen2-yarn", "rope_scaling")]
    [InlineData("qwen2-yarn", "use_sliding_window")]
    [InlineData("mistral", "sliding_window")]
    public void Score_KeyPassedOver_WouldShow(string family, string key)
    {
        FamilyGolden golden = Written(family);
        string path = Path.Combine(Folder(family), "config.json");
        JsonObject config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config[key] = null;
        File.WriteAllText(path, config.ToJsonString());
        using IPolicyModel policy = Engine.Load(Folder(family), null);

        Assert.True(Furthest(golden.Scores, policy.Score(golden.Sequences(policy.Config.VocabSize))) > 0.01);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Save_TrainedWhole_KeepsTheConfig(string family)
    {
        Written(family);
        using (ITrainablePolicy policy = Engine.LoadForFullTraining(Folder(family)))
        {
            policy.Save(Folder("saved"));
        }

        JsonObject before = Config(family), after = Config("saved");
        string dtype = before.ContainsKey("dtype") ? "dtype" : "torch_dtype";
        Assert.Equal("float32", after[dtype]!.GetValue<string>());
        after[dtype] = before[dtype]!.DeepClone();
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        using ICheckpoint saved = Checkpoint.Open(Folder("saved")), written = Checkpoint.Open(Folder(family));
        float[] a = new float[saved.Shape(LlamaLayout.FinalNorm)[0]], b = new float[a.Length];
        saved.Read(LlamaLayout.FinalNorm, a);
        written.Read(LlamaLayout.FinalNorm, b);
        Assert.Equal(b, a);
    }

    private FamilyGolden Written(string family)
    {
        FamilyGolden golden = FamilyGolden.Read(family);
        golden.WriteCheckpoint(Folder(family));
        return golden;
    }

    private JsonObject Config(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(folder), "config.json")))!.AsObject();

    private static double Furthest(double[][] expected, IReadOnlyList<float[]> found)
    {
        Assert.Equal(expected.Select(s => s.Length), found.Select(s => s.Length));
        return expected.SelectMany(s => s).Zip(found.SelectMany(s => s), (a, b) => Math.Abs(a - b)).Max();
    }
}
