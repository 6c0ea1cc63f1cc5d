using System.Text.Json.Nodes;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models.Adapters;

public sealed class AdapterDirectoryTests : IDisposable
{
    private static readonly LoraConfig Lora = new(Rank: 2, Alpha: 4);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SmolLm135M_HasPeftsNamesShapesAndConfig()
    {
        PolicyConfig smolLm = TinyModels.Config with
        {
            VocabSize = 49152, HiddenSize = 576, IntermediateSize = 1536, LayerCount = 30, HeadCount = 9, KeyValueHeadCount = 3, HeadDim = 64,
        };
        var lora = new LoraConfig(Rank: 8, Alpha: 16);
        AdapterDirectory.Write(
            _folder.Path, lora, "HuggingFaceTB/SmolLM2-135M-Instruct",
            [.. AdapterLayout.Tensors(smolLm, lora).Select(t => new NamedTensor(t.Name, t.Shape, new float[t.Shape[0] * t.Shape[1]]))]);

        Assert.Equal(
            ["adapter_config.json", "adapter_model.safetensors"],
            Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            """
            {
              "alpha_pattern": {},
              "base_model_name_or_path": "HuggingFaceTB/SmolLM2-135M-Instruct",
              "bias": "none",
              "fan_in_fan_out": false,
              "inference_mode": true,
              "init_lora_weights": true,
              "layers_pattern": null,
              "layers_to_transform": null,
              "lora_alpha": 16,
              "lora_dropout": 0.0,
              "modules_to_save": null,
              "peft_type": "LORA",
              "r": 8,
              "rank_pattern": {},
              "revision": null,
              "target_modules": [
                "q_proj",
                "k_proj",
                "v_proj",
                "o_proj",
                "gate_proj",
                "up_proj",
                "down_proj"
              ],
              "task_type": "CAUSAL_LM",
              "use_dora": false,
              "use_rslora": false
            }
            """,
            File.ReadAllText(_folder.File("adapter_config.json")));

        using SafetensorsFile file = SafetensorsFile.Open(_folder.File("adapter_model.safetensors"));
        Assert.Equal("pt", file.Metadata["format"]);
        (string Module, int Out, int In)[] modules =
        [
            ("self_attn.q_proj", 576, 576), ("self_attn.k_proj", 192, 576), ("self_attn.v_proj", 192, 576), ("self_attn.o_proj", 576, 576),
            ("mlp.gate_proj", 1536, 576), ("mlp.up_proj", 1536, 576), ("mlp.down_proj", 576, 1536),
        ];
        Assert.Equal(30 * 7 * 2, file.Tensors.Count);
        for (int layer = 0; layer < 30; layer++)
        {
            foreach ((string module, int output, int input) in modules)
            {
                TensorEntry a = file.Tensors[$"base_model.model.model.layers.{layer}.{module}.lora_A.weight"];
                TensorEntry b = file.Tensors[$"base_model.model.model.layers.{layer}.{module}.lora_B.weight"];
                Assert.Equal([8, input], a.Shape);
                Assert.Equal([output, 8], b.Shape);
                Assert.Equal((TensorDtype.F32, TensorDtype.F32), (a.Dtype, b.Dtype));
            }
        }
    }

    [Fact]
    public void Read_AfterWrite_GivesTheAdapterBack()
    {
        var lora = new LoraConfig(Rank: 3, Alpha: 4.5, TargetModules: ["down_proj", "q_proj"]);
        NamedTensor[] tensors = TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, lora), seed: 3);
        AdapterDirectory.Write(_folder.Path, lora, "team/base", tensors);

        Adapter adapter = AdapterDirectory.Read(_folder.Path, TinyModels.Config);

        Assert.Equal((3, 4.5, 1.5), (adapter.Config.Rank, adapter.Config.Alpha, adapter.Config.Scaling));
        Assert.Equal(["q_proj", "down_proj"], adapter.Config.Targets);
        Assert.Equal("team/base", adapter.BaseModelName);
        Assert.Equal(tensors.Select(t => t.Name), adapter.Tensors.Select(t => t.Name));
        Assert.All(tensors.Zip(adapter.Tensors), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Fact]
    public void Write_TargetsInAnyOrder_GivesTheSameBytes()
    {
        byte[] Bytes(params string[] targets)
        {
            LoraConfig lora = Lora with { TargetModules = targets };
            AdapterDirectory.Write(_folder.Path, lora, "b", TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, lora), seed: 3));
            return [.. File.ReadAllBytes(_folder.File("adapter_config.json")), .. File.ReadAllBytes(_folder.File("adapter_model.safetensors"))];
        }

        Assert.Equal(Bytes("q_proj", "up_proj", "v_proj"), Bytes("v_proj", "q_proj", "up_proj"));
    }

    [Fact]
    public void Read_OldPeftConfigWithAllLinear_IsUnderstood()
    {
        WriteTiny();
        EditConfig(c =>
        {
            c.Clear();
            c["peft_type"] = "LORA";
            c["r"] = 2;
            c["target_modules"] = "all-linear";
            c["loftq_config"] = new JsonObject();
            c["peft_version"] = "0.17.0";
        });

        Adapter adapter = AdapterDirectory.Read(_folder.Path, TinyModels.Config);
        Assert.Equal(8, adapter.Config.Alpha);
        Assert.Equal(LoraConfig.AllLinear, adapter.Config.Targets);
        Assert.Null(adapter.BaseModelName);
    }

    [Fact]
    public void ReadConfig_WhatDoesNotChangeTheAnswers_IsLetBe()
    {
        WriteTiny();
        EditConfig(c =>
        {
            c["lora_dropout"] = 0.05;
            c["init_lora_weights"] = "gaussian";
            c["loftq_config"] = new JsonObject();
            c["megatron_core"] = "megatron.core";
            c["auto_mapping"] = null;
            c["qalora_group_size"] = 16;
            c["ensure_weight_tying"] = false;
            c["a_key_of_next_year"] = "yes";
        });

        Assert.Equal(0.05, AdapterDirectory.ReadConfig(_folder.Path).Config.Dropout);
    }

    [Fact]
    public void Read_AfterWriteWithPatterns_GivesEveryLayerItsOwn()
    {
        LoraConfig lora = Lora with
        {
            TargetModules = ["layers.1.mlp.up_proj", "v_proj", "q_proj"],
            Dropout = 0.1,
            UseRsLora = true,
            RankPattern = new Dictionary<string, int> { [@"layers\.1\..*"] = 3, ["q_proj"] = 1 },
            AlphaPattern = new Dictionary<string, double> { ["v_proj"] = 0.5 },
        };
        AdapterDirectory.Write(_folder.Path, lora, "b", TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, lora), seed: 3));

        Adapter adapter = AdapterDirectory.Read(_folder.Path, TinyModels.Config);

        Assert.True(LoraFit.Same(TinyModels.Config, lora, adapter.Config));
        Assert.Equal((0.1, true), (adapter.Config.Dropout, adapter.Config.UseRsLora));
        Assert.Equal(["q_proj", "v_proj", "layers.1.mlp.up_proj"], adapter.Config.Targets);
        Assert.Equal(
            [(0, "q_proj", 1), (0, "v_proj", 2), (1, "q_proj", 3), (1, "v_proj", 3), (1, "up_proj", 3)],
            AdapterLayout.Covered(TinyModels.Config, adapter.Config).Select(at => (at.Layer, at.Module, adapter.Config.RankOf(at.Layer, at.Module))));
        Assert.Equal(0.5 / Math.Sqrt(2), adapter.Config.ScalingOf(0, "v_proj"), 15);
        Assert.Equal([10, 3], adapter.Tensors.Single(t => t.Name.EndsWith("layers.1.mlp.up_proj.lora_B.weight", StringComparison.Ordinal)).Shape);
    }

    [Fact]
    public void Read_AfterWriteOfARewardModel_HasTheHead()
    {
        LoraConfig lora = Lora with { RewardHead = true };
        AdapterDirectory.Write(_folder.Path, lora, "b", TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, lora), seed: 3));

        Adapter adapter = AdapterDirectory.Read(_folder.Path, TinyModels.Config);

        Assert.True(adapter.Config.RewardHead);
        Assert.Equal(("base_model.model.score.weight", 6), (adapter.Tensors[^1].Name, adapter.Tensors[^1].Shape[1]));
        JsonNode config = JsonNode.Parse(File.ReadAllText(_folder.File("adapter_config.json")))!;
        Assert.Equal(("[\"score\"]", "SEQ_CLS"), (config["modules_to_save"]!.ToJsonString(), config["task_type"]!.GetValue<string>()));
    }

    [Fact]
    public void Read_RankThatTheTensorsDoNotHave_SaysBoth()
    {
        WriteTiny();
        EditConfig(c => c["r"] = 4);

        Assert.Contains("shape [2, 6]; rank 4 on this base asks for [4, 6]", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherBasesShape_IsRefused()
    {
        WriteTiny();
        PolicyConfig wider = TinyModels.Config with { HiddenSize = 8 };

        var thrown = Assert.Throws<ModelFormatException>(() => AdapterDirectory.Read(_folder.Path, wider));
        Assert.Contains("asks for [2, 8]", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherBasesDigest_IsRefused()
    {
        WriteTiny("sha256:aa");

        Assert.NotNull(AdapterDirectory.Read(_folder.Path, TinyModels.Config, "sha256:aa"));
        var thrown = Assert.Throws<ModelFormatException>(() => AdapterDirectory.Read(_folder.Path, TinyModels.Config, "sha256:bb"));
        Assert.Contains("sha256:aa", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("sha256:bb", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(AdapterReasons.OtherBase, thrown.Reason);
    }

    [Fact]
    public void Read_HalfAPair_NamesTheMissingHalf()
    {
        WriteTiny(tensors: t => !t.Name.EndsWith("layers.1.mlp.up_proj.lora_B.weight", StringComparison.Ordinal));

        Assert.Contains("layers.1.mlp.up_proj.lora_B.weight is missing", Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TensorOfALayerThatTheBaseLacks_IsRefused()
    {
        WriteTiny();
        PolicyConfig shorter = TinyModels.Config with { LayerCount = 1 };

        var thrown = Assert.Throws<ModelFormatException>(() => AdapterDirectory.Read(_folder.Path, shorter));
        Assert.Contains("layers.1.", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("peft_type", "\"IA3\"")]
    [InlineData("r", "0")]
    [InlineData("r", null)]
    [InlineData("lora_alpha", "-1")]
    [InlineData("target_modules", "[\"q_proj\",\"c_attn\"]")]
    [InlineData("target_modules", "[\"lm_head\"]")]
    [InlineData("target_modules", "[]")]
    [InlineData("target_modules", "\".*q_proj\"")]
    [InlineData("target_modules", null)]
    [InlineData("use_dora", "true")]
    [InlineData("fan_in_fan_out", "true")]
    [InlineData("bias", "\"all\"")]
    [InlineData("modules_to_save", "[\"lm_head\"]")]
    [InlineData("modules_to_save", "[\"score\",\"embed_tokens\"]")]
    [InlineData("lora_dropout", "1")]
    [InlineData("lora_dropout", "\"some\"")]
    [InlineData("rank_pattern", "{\"q_proj\":0}")]
    [InlineData("rank_pattern", "{\"q_proj\":\"4\"}")]
    [InlineData("rank_pattern", "{\"q_(proj\":4}")]
    [InlineData("alpha_pattern", "{\"q_proj\":-1}")]
    [InlineData("alpha_pattern", "[4]")]
    [InlineData("target_modules", "[\"attn.q_proj\"]")]
    [InlineData("target_modules", "[\"layers.x.self_attn.q_proj\"]")]
    [InlineData("layer_replication", "[[0,2],[1,3]]")]
    [InlineData("lora_bias", "true")]
    [InlineData("init_lora_weights", "\"pissa\"")]
    [InlineData("init_lora_weights", "\"olora\"")]
    [InlineData("trainable_token_indices", "[1]")]
    [InlineData("exclude_modules", "[\"q_proj\"]")]
    [InlineData("layers_to_transform", "[0]")]
    [InlineData("layers_to_transform", "1")]
    public void ReadConfig_Unsupported_NamesTheKey(string key, string? value)
    {
        WriteTiny();
        EditConfig(c =>
        {
            c.Remove(key);
            if (value is not null)
            {
                c[key] = JsonNode.Parse(value);
            }
        });

        ModelFormatException fault = Assert.Throws<ModelFormatException>(() => AdapterDirectory.ReadConfig(_folder.Path));
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
        Assert.Equal(AdapterReasons.Unsupported, fault.Reason);
    }

    [Theory]
    [InlineData("adapter_config.json")]
    [InlineData("adapter_model.safetensors")]
    public void Read_MissingFile_NamesIt(string file)
    {
        WriteTiny();
        File.Delete(_folder.File(file));

        Assert.Contains(file, Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhatPeftCouldNotLoad_IsABug()
    {
        NamedTensor[] tensors = TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, Lora), seed: 3);
        Assert.Throws<ArgumentException>(() => AdapterDirectory.Write(_folder.Path, Lora with { Rank = 3 }, "b", tensors));
        Assert.Throws<ArgumentException>(() => AdapterDirectory.Write(_folder.Path, Lora with { TargetModules = ["c_attn"] }, "b", tensors));
    }

    private void WriteTiny(string baseName = "b", Func<NamedTensor, bool>? tensors = null) => AdapterDirectory.Write(
        _folder.Path, Lora, baseName, [.. TinyModels.Fill(AdapterLayout.Tensors(TinyModels.Config, Lora), seed: 3).Where(tensors ?? (_ => true))]);

    private ModelFormatException Refused() => Assert.Throws<ModelFormatException>(() => AdapterDirectory.Read(_folder.Path, TinyModels.Config));

    private void EditConfig(Action<JsonObject> edit)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(_folder.File("adapter_config.json")))!.AsObject();
        edit(json);
        File.WriteAllText(_folder.File("adapter_config.json"), json.ToJsonString());
    }
}
