using System.Text.Json.Nodes;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models;

public sealed class CheckpointTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, Checkpoint.DefaultShardBytes)]
    [InlineData(false, Checkpoint.DefaultShardBytes)]
    [InlineData(true, 500)]
    [InlineData(false, 1)]
    public void Open_AfterWrite_GivesEveryTensorBack(bool tied, long shardBytes)
    {
        PolicyConfig config = TinyModels.Config with { TieWordEmbeddings = tied };
        NamedTensor[] tensors = TinyModels.Tensors(config);
        Checkpoint.Write(_folder.Path, config, tensors, shardBytes: shardBytes);

        using ICheckpoint checkpoint = Checkpoint.Open(_folder.Path);

        Assert.Equal(tensors.Select(t => t.Name), checkpoint.TensorNames);
        Assert.Equal(!tied, checkpoint.TensorNames.Contains("lm_head.weight"));
        foreach (NamedTensor tensor in tensors)
        {
            Assert.Equal(tensor.Shape, checkpoint.Shape(tensor.Name));
            var values = new float[tensor.Values.Length];
            checkpoint.Read(tensor.Name, values);
            Assert.Equal(tensor.Values.ToArray(), values);
        }
    }

    [Fact]
    public void Layout_SmolLm135M_HasThePublishedShapes()
    {
        PolicyConfig config = TinyModels.Config with
        {
            VocabSize = 49152, HiddenSize = 576, IntermediateSize = 1536, LayerCount = 30, HeadCount = 9, KeyValueHeadCount = 3, HeadDim = 64,
        };
        Dictionary<string, IReadOnlyList<int>> shapes = LlamaLayout.Tensors(config).ToDictionary(t => t.Name, t => t.Shape);

        Assert.Equal(272, shapes.Count);
        Assert.Equal([49152, 576], shapes["model.embed_tokens.weight"]);
        Assert.Equal([576], shapes["model.layers.29.input_layernorm.weight"]);
        Assert.Equal([576, 576], shapes["model.layers.0.self_attn.q_proj.weight"]);
        Assert.Equal([192, 576], shapes["model.layers.0.self_attn.k_proj.weight"]);
        Assert.Equal([192, 576], shapes["model.layers.0.self_attn.v_proj.weight"]);
        Assert.Equal([576, 576], shapes["model.layers.0.self_attn.o_proj.weight"]);
        Assert.Equal([576], shapes["model.layers.0.post_attention_layernorm.weight"]);
        Assert.Equal([1536, 576], shapes["model.layers.7.mlp.gate_proj.weight"]);
        Assert.Equal([1536, 576], shapes["model.layers.7.mlp.up_proj.weight"]);
        Assert.Equal([576, 1536], shapes["model.layers.7.mlp.down_proj.weight"]);
        Assert.Equal([576], shapes["model.norm.weight"]);
        Assert.Equal(134_515_008, shapes.Values.Sum(s => s.Aggregate(1, (product, dimension) => product * dimension)));
    }

    [Fact]
    public void Open_ShapeThatDoesNotFit_SaysExpectedAndFound()
    {
        Write(TinyModels.Config);
        EditConfig(c => c["head_dim"] = 2);

        ModelFormatException thrown = Refused();
        Assert.Contains("model.layers.0.self_attn.q_proj.weight has shape [12, 6]", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("asks for [6, 6]", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UntiedConfigWithoutHead_SaysSo()
    {
        Write(TinyModels.Config);
        EditConfig(c => c["tie_word_embeddings"] = false);

        ModelFormatException thrown = Refused();
        Assert.Contains("lm_head.weight is missing", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("tie_word_embeddings", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TiedConfigWithHeadAndRotaryTables_IgnoresThem()
    {
        NamedTensor[] tensors = [.. TinyModels.Tensors(TinyModels.Config with { TieWordEmbeddings = false }),
            new("model.layers.0.self_attn.rotary_emb.inv_freq", [2], new float[2])];
        Write(TinyModels.Config);
        SafetensorsWriter.Write(_folder.File("model.safetensors"), tensors);

        using ICheckpoint checkpoint = Checkpoint.Open(_folder.Path);
        Assert.DoesNotContain("lm_head.weight", checkpoint.TensorNames);
    }

    [Fact]
    public void Open_BiasThatTheNetworkLacks_IsRefused()
    {
        Write(TinyModels.Config);
        SafetensorsWriter.Write(_folder.File("model.safetensors"),
            [.. TinyModels.Tensors(TinyModels.Config), new("model.layers.1.self_attn.q_proj.bias", [12], new float[12])]);

        Assert.Contains("model.layers.1.self_attn.q_proj.bias", Refused().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    public void Open_MissingFile_NamesIt(string file)
    {
        Write(TinyModels.Config);
        File.Delete(_folder.File(file));

        Assert.Contains(file, Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PicklesAlone_SaysWhyNot()
    {
        Write(TinyModels.Config);
        File.Move(_folder.File("model.safetensors"), _folder.File("pytorch_model-00001-of-00001.bin"));

        string message = Refused().Message;
        Assert.Contains("model.safetensors: the file is missing", message, StringComparison.Ordinal);
        Assert.Contains("pytorch_model-00001-of-00001.bin", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingDirectory_NamesIt() =>
        Assert.Contains("nowhere", Assert.Throws<ModelFormatException>(() => Checkpoint.Open(_folder.File("nowhere"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/etc/outside.safetensors")]
    [InlineData("..\\\\outside.safetensors")]
    [InlineData("C:outside.safetensors")]
    [InlineData("sub/outside.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    public void Open_IndexThatReachesOutside_IsRefused(string file)
    {
        WriteShards();
        EditIndex(map => map["model.norm.weight"] = file.Replace("\\\\", "\\", StringComparison.Ordinal));

        Assert.Contains("model.norm.weight", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IndexWithoutATensorOfItsShard_IsRefused()
    {
        WriteShards();
        EditIndex(map => map.Remove("model.norm.weight"));

        Assert.Contains("does not list", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IndexThatPlacesATensorElsewhere_IsRefused()
    {
        WriteShards();
        EditIndex(map => map["model.norm.weight"] = map["model.embed_tokens.weight"]!.GetValue<string>());

        Assert.Contains("model.norm.weight is missing", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingShard_NamesIt()
    {
        WriteShards();
        File.Delete(Directory.EnumerateFiles(_folder.Path, "model-00002-of-*").Single());

        Assert.Contains("model-00002-of-", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OverShards_LeavesNoStaleWeights()
    {
        WriteShards();
        File.WriteAllText(_folder.File("tokenizer.json"), "kept");
        Write(TinyModels.Config);

        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"],
            Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_TensorsThatDoNotFit_IsABug()
    {
        NamedTensor[] tensors = TinyModels.Tensors(TinyModels.Config);
        Assert.Throws<ArgumentException>(() => Checkpoint.Write(_folder.Path, TinyModels.Config, tensors[1..]));
        Assert.Throws<ArgumentException>(() => Checkpoint.Write(_folder.Path, TinyModels.Config, [.. tensors, tensors[0]]));
    }

    [Fact]
    public void Digest_SameModel_IsTheSameWhereverItLies()
    {
        Write(TinyModels.Config);
        string digest = Checkpoint.Digest(_folder.Path);
        using var other = new TempFolder();
        Checkpoint.Write(other.Path, TinyModels.Config, [.. TinyModels.Tensors(TinyModels.Config).Reverse()]);

        Assert.Matches("^sha256:[0-9a-f]{64}$", digest);
        Assert.Equal(digest, Checkpoint.Digest(other.Path));
        Checkpoint.Write(other.Path, TinyModels.Config, TinyModels.Tensors(TinyModels.Config, seed: 2));
        Assert.NotEqual(digest, Checkpoint.Digest(other.Path));
    }

    private void Write(PolicyConfig config) => Checkpoint.Write(_folder.Path, config, TinyModels.Tensors(config));

    private void WriteShards() => Checkpoint.Write(_folder.Path, TinyModels.Config, TinyModels.Tensors(TinyModels.Config), shardBytes: 500);

    private ModelFormatException Refused() => Assert.Throws<ModelFormatException>(() => Checkpoint.Open(_folder.Path));

    private void EditConfig(Action<JsonObject> edit) => Edit("config.json", edit);

    private void EditIndex(Action<JsonObject> edit) => Edit("model.safetensors.index.json", index => edit(index["weight_map"]!.AsObject()));

    private void Edit(string file, Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(_folder.File(file)))!.AsObject();
        edit(json);
        File.WriteAllText(_folder.File(file), json.ToJsonString());
    }
}
