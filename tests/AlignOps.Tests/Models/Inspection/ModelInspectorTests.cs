using System.Text.Json;
using System.Text.Json.Nodes;
using AlignOps.Host.ByHand;
using AlignOps.Host.Commands;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Inspection;
using AlignOps.Models.Manifests;
using AlignOps.Models.Safetensors;
using AlignOps.Tests.Models.Merging;

namespace AlignOps.Tests.Models.Inspection;

public sealed class ModelInspectorTests : IDisposable
{
    private readonly MergeWorld _world = new(TensorDtype.BF16);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Inspect_Checkpoint_CountsWhatItsFilesHold()
    {
        ModelFacts facts = ModelInspector.Inspect(_world.Base, digest: true)!;

        TensorShape[] tensors = [.. LlamaLayout.Tensors(_world.Config)];
        long parameters = tensors.Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size));
        Assert.Equal((ModelFacts.Checkpoint, parameters, 2 * parameters), (facts.Kind, facts.Weights!.Parameters, facts.Weights.Bytes));
        Assert.Equal(new KeyValuePair<string, long>("BF16", parameters), Assert.Single(facts.Weights.ByDtype));
        Assert.Equal(["model.safetensors"], facts.Weights.Files);
        Assert.Equal(tensors.Select(t => t.Name).Order(StringComparer.Ordinal), facts.Weights.Tensors.Select(t => t.Name));
        Assert.Equal((2, 4, 2), (facts.Config!.LayerCount, facts.Config.HeadCount, facts.Config.KeyValueHeadCount));
        Assert.Equal((_world.Config.VocabSize, "<|end|>"), (facts.Tokenizer!.Vocabulary, facts.Tokenizer.EndOfTurn!.Content));
        Assert.Contains(facts.Tokenizer.SpecialTokens, token => token.Content == "<|user|>");
        Assert.Equal(Checkpoint.Digest(_world.Base), facts.Digest);
        Assert.Empty(facts.Faults);
        Assert.Null(facts.Manifest);
    }

    [Fact]
    public void Inspect_Adapter_TellsRanksByLayerAndWhoCanServeIt()
    {
        ModelFacts facts = ModelInspector.Inspect(_world.Adapter, digest: false)!;

        Assert.Equal((ModelFacts.Adapter, 7, false), (facts.Kind, facts.Lora!.HighestRank, facts.Lora.ServedByName));
        Assert.Equal(new Dictionary<int, int> { [2] = 2, [4] = 11, [7] = 1 }, facts.Lora.Ranks);
        Assert.Equal(Checkpoint.Digest(_world.Base), facts.Lora.BaseModelName);
        Assert.Contains(ModelFactsView.Lines(facts, tensors: false), line => line.Contains("merge this adapter to serve it there", StringComparison.Ordinal));

        _world.WriteAdapter(new LoraConfig(Rank: 4));
        Assert.True(ModelInspector.Inspect(_world.Adapter, digest: false)!.Lora!.ServedByName);
    }

    [Fact]
    public void Inspect_RewardModel_IsNotSentToAMergeThatRefusesIt()
    {
        _world.WriteAdapter(new LoraConfig(Rank: 4) { RewardHead = true });

        string serving = Assert.Single(ModelFactsView.Lines(ModelInspector.Inspect(_world.Adapter, digest: false)!, tensors: false), line => line.StartsWith("serving", StringComparison.Ordinal));
        Assert.Contains("alignops reward", serving, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_ManifestOfOtherWeights_IsAFault()
    {
        MergeWorld.Merge.Run(_world.Request);
        Assert.Empty(ModelInspector.Inspect(_world.Output, digest: true)!.Faults);

        ManifestFile.Write(_world.Output, ManifestFile.Read(_world.Output)! with { Weights = "sha256:00" });

        Assert.Equal(ModelInspector.ManifestOfOthers, Assert.Single(ModelInspector.Inspect(_world.Output, digest: true)!.Faults).Reason);
    }

    [Fact]
    public void Inspect_BrokenParts_AreFaultsBesideWhatCanBeRead()
    {
        File.WriteAllText(Path.Combine(_world.Base, "alignops.json"), "{");
        File.WriteAllText(Path.Combine(_world.Base, "tokenizer.json"), "{}");
        JsonObject config = JsonNode.Parse(File.ReadAllText(Path.Combine(_world.Base, "config.json")))!.AsObject();
        config["hidden_act"] = "gelu";
        File.WriteAllText(Path.Combine(_world.Base, "config.json"), config.ToJsonString());

        ModelFacts facts = ModelInspector.Inspect(_world.Base, digest: false)!;

        Assert.Equal([ManifestFile.Unreadable, "model-format", "tokenizer-files"], facts.Faults.Select(fault => fault.Reason));
        Assert.Contains("hidden_act", facts.Faults[1].Sentence, StringComparison.Ordinal);
        Assert.NotNull(facts.Weights);
        Assert.Equal(3, ModelFactsView.Lines(facts, tensors: false).Count(line => line.StartsWith("fault", StringComparison.Ordinal)));
    }

    [Fact]
    public void Inspect_WhatIsNoModel_IsNull() => Assert.Null(ModelInspector.Inspect(Path.GetDirectoryName(_world.Base)!, digest: false));

    [Fact]
    public void Json_OfEitherKind_HasTheFactsByName()
    {
        JsonElement checkpoint = InspectCommand.Json(ModelInspector.Inspect(_world.Base, digest: false)!);
        JsonElement adapter = InspectCommand.Json(ModelInspector.Inspect(_world.Adapter, digest: false)!);

        Assert.Equal("llama", checkpoint.GetProperty("config").GetProperty("family").GetString());
        Assert.Equal(2, checkpoint.GetProperty("config").GetProperty("layerCount").GetInt32());
        Assert.Equal(7, adapter.GetProperty("lora").GetProperty("highestRank").GetInt32());
        Assert.Equal(2, adapter.GetProperty("lora").GetProperty("config").GetProperty("rankPattern").GetProperty("k_proj").GetInt32());
        Assert.Equal(0, adapter.GetProperty("faults").GetArrayLength());
    }

    [Fact]
    public void Lines_WithTensors_NameEveryOne()
    {
        ModelFacts facts = ModelInspector.Inspect(_world.Base, digest: false)!;

        string[] lines = [.. ModelFactsView.Lines(facts, tensors: true)];

        Assert.Contains("  model.layers.1.mlp.up_proj.weight [40, 24] BF16", lines);
        Assert.Equal(facts.Weights!.Tensors.Count, lines.Count(line => line.StartsWith("  ", StringComparison.Ordinal)));
    }
}
