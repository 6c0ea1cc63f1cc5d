using System.Text.Json.Nodes;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models;

/// <summary>config.json as the families' own files have it, and what is refused of them.</summary>
public sealed class FamilyConfigTests : IDisposable
{
    private const string Llama32 =
        """
        {"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":128000,"eos_token_id":[128001,128008,128009],
         "head_dim":64,"hidden_act":"silu","hidden_size":2048,"initializer_range":0.02,"intermediate_size":8192,"max_position_embeddings":131072,"mlp_bias":false,
         "model_type":"llama","num_attention_heads":32,"num_hidden_layers":16,"num_key_value_heads":8,"pretraining_tp":1,"rms_norm_eps":1e-05,
         "rope_scaling":{"factor":32.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
         "rope_theta":500000.0,"tie_word_embeddings":true,"torch_dtype":"bfloat16","transformers_version":"4.45.0.dev0","use_cache":true,"vocab_size":128256}
        """;

    private const string Qwen25 =
        """
        {"architectures":["Qwen2ForCausalLM"],"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151645,"hidden_act":"silu","hidden_size":896,
         "initializer_range":0.02,"intermediate_size":4864,"max_position_embeddings":32768,"max_window_layers":21,"model_type":"qwen2","num_attention_heads":14,
         "num_hidden_layers":24,"num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"sliding_window":32768,"tie_word_embeddings":true,
         "torch_dtype":"bfloat16","transformers_version":"4.43.1","use_cache":true,"use_sliding_window":false,"vocab_size":151936}
        """;

    private const string Qwen3 =
        """
        {"architectures":["Qwen3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,"dtype":"bfloat16","eos_token_id":151645,
         "head_dim":128,"hidden_act":"silu","hidden_size":1024,"initializer_range":0.02,"intermediate_size":3072,"max_position_embeddings":40960,
         "max_window_layers":28,"model_type":"qwen3","num_attention_heads":16,"num_hidden_layers":28,"num_key_value_heads":8,"rms_norm_eps":1e-06,
         "rope_parameters":{"rope_theta":1000000,"rope_type":"default"},"sliding_window":null,"tie_word_embeddings":true,"use_cache":true,
         "use_sliding_window":false,"vocab_size":151936}
        """;

    private const string Mistral =
        """
        {"architectures":["MistralForCausalLM"],"bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,
         "intermediate_size":14336,"max_position_embeddings":32768,"model_type":"mistral","num_attention_heads":32,"num_hidden_layers":32,
         "num_key_value_heads":8,"rms_norm_eps":1e-05,"rope_theta":10000.0,"sliding_window":4096,"tie_word_embeddings":false,"torch_dtype":"bfloat16",
         "transformers_version":"4.34.0.dev0","use_cache":true,"vocab_size":32000}
        """;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("config.json");

    public void Dispose() => _folder.Dispose();

    /// <summary>The numbers of parameters are those that the models' cards give.</summary>
    [Theory]
    [InlineData(Llama32, PolicyFamily.Llama, 64, 1_235_814_400)]
    [InlineData(Qwen25, PolicyFamily.Qwen2, 64, 494_032_768)]
    [InlineData(Qwen3, PolicyFamily.Qwen3, 128, 596_049_920)]
    [InlineData(Mistral, PolicyFamily.Mistral, 128, 7_241_732_096)]
    public void Read_PublishedConfig_HasThePublishedShape(string text, PolicyFamily family, int headDim, long parameters)
    {
        PolicyConfig config = Read(text);

        Assert.Equal((family, headDim), (config.Family, config.HeadDim));
        Assert.Equal(parameters, LlamaLayout.Tensors(config).Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)));
    }

    [Fact]
    public void Read_Llama32_TakesItsScaling()
    {
        PolicyConfig config = Read(Llama32);
        Assert.Equal(new Llama3Scaling(32, 1, 4, 8192), config.RopeScaling);
        Assert.Equal(500_000, config.RopeTheta);
        Assert.Equal([128001, 128008, 128009], config.EosTokenIds);
    }

    [Theory]
    [InlineData("""{"type":"linear","factor":2.5}""")]
    [InlineData("""{"rope_type":"linear","type":"yarn","factor":2.5}""")]
    public void Read_LinearScaling_UnderEitherName(string scaling) => Assert.Equal(new LinearScaling(2.5), Read(Qwen25, ("rope_scaling", scaling)).RopeScaling);

    [Fact]
    public void Read_YarnOfAQwenCard_FillsItsDefaults()
    {
        PolicyConfig config = Read(Qwen25, ("rope_scaling", """{"factor":4.0,"original_max_position_embeddings":32768,"type":"yarn"}"""));
        Assert.Equal(new YarnScaling(4, 32768), config.RopeScaling);
        Assert.Equal(1 + (0.1 * Math.Log(4)), RotaryFrequencies.Of(config).AttentionFactor, 1e-6);
    }

    [Fact]
    public void Read_YarnWithEveryKey_TakesThemAll()
    {
        const string Scaling =
            """{"rope_type":"yarn","factor":8,"attention_factor":1.1,"beta_fast":20,"beta_slow":2,"mscale":0.7,"mscale_all_dim":0.9,"truncate":false,"rope_theta":777}""";
        PolicyConfig config = Read(Qwen3, ("rope_parameters", Scaling));
        Assert.Equal(
            new YarnScaling(8, 40960) { AttentionFactor = 1.1, BetaFast = 20, BetaSlow = 2, Mscale = 0.7, MscaleAllDim = 0.9, Truncate = false }, config.RopeScaling);
        Assert.Equal(777, config.RopeTheta);
    }

    [Fact]
    public void Read_YarnWithoutAFactor_TakesTheQuotientOfTheLengths() => Assert.Equal(
        new YarnScaling(4, 8192), Read(Qwen25, ("rope_scaling", """{"rope_type":"yarn","factor":null,"original_max_position_embeddings":8192}""")).RopeScaling);

    [Theory]
    [InlineData(Mistral, "sliding_window", "4096", 4096, 0)]
    [InlineData(Mistral, "sliding_window", "null", null, 0)]
    [InlineData(Mistral, "sliding_window", null, 4096, 0)]
    [InlineData(Qwen25, "use_sliding_window", "false", null, 0)]
    [InlineData(Qwen25, "use_sliding_window", "true", 32768, 21)]
    [InlineData(Qwen25, "layer_types", "full*24", null, 0)]
    public void Read_Windows_AreThoseOfTransformers(string text, string key, string? value, int? window, int first)
    {
        PolicyConfig config = Read(text, (key, value == "full*24" ? Types(24, 24) : value));
        Assert.Equal((window, first), (config.SlidingWindow, config.FirstWindowedLayer));
        Assert.Equal(window is null || first > 0 ? int.MaxValue : window.Value, config.Window(0));
        Assert.Equal(window ?? int.MaxValue, config.Window(config.LayerCount - 1));
    }

    [Fact]
    public void Read_LayerTypes_GoBeforeTheLayerOfTheWindow()
    {
        PolicyConfig config = Read(Qwen25, ("use_sliding_window", "true"), ("layer_types", Types(10, 24)));
        Assert.Equal((32768, 10), (config.SlidingWindow, config.FirstWindowedLayer));
    }

    [Theory]
    [InlineData(PolicyFamily.Qwen2, true, false)]
    [InlineData(PolicyFamily.Qwen3, false, false)]
    [InlineData(PolicyFamily.Llama, false, false)]
    [InlineData(PolicyFamily.Llama, true, true, "attention_bias")]
    [InlineData(PolicyFamily.Qwen3, true, true, "attention_bias")]
    public void Read_Biases_StandWhereTheFamilyHasThem(PolicyFamily family, bool query, bool output, string? flag = null)
    {
        string text = family switch { PolicyFamily.Qwen2 => Qwen25, PolicyFamily.Qwen3 => Qwen3, _ => Llama32 };
        PolicyConfig config = flag is null ? Read(text) : Read(text, (flag, "true"));
        string[] names = [.. LlamaLayout.Tensors(config).Select(tensor => tensor.Name)];
        Assert.Equal(query, names.Contains("model.layers.3.self_attn.q_proj.bias"));
        Assert.Equal(query, names.Contains("model.layers.3.self_attn.v_proj.bias"));
        Assert.Equal(output, names.Contains("model.layers.3.self_attn.o_proj.bias"));
        Assert.Equal(family == PolicyFamily.Qwen3, names.Contains("model.layers.3.self_attn.k_norm.weight"));
        Assert.DoesNotContain("model.layers.3.mlp.down_proj.bias", names);
    }

    [Theory]
    [InlineData(Qwen3, "head_dim", 128)]
    [InlineData(Llama32, "head_dim", 64)]
    public void Read_WithoutHeadDim_TakesTheFamilysDefault(string text, string key, int expected) => Assert.Equal(expected, Read(text, (key, null)).HeadDim);

    [Theory]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"dynamic","factor":2.0}""", "rope_type", "\"dynamic\"")]
    [InlineData(Llama32, "rope_scaling", """{"type":"su","long_factor":[1]}""", "type", "\"su\"")]
    [InlineData(Llama32, "rope_scaling", """{"type":"mrope","mrope_section":[1]}""", "type", "\"mrope\"")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"longrope"}""", "rope_type", "\"longrope\"")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"hawk"}""", "rope_type", "\"hawk\"")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"linear"}""", "factor", "missing")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"linear","factor":0}""", "factor", "positive")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"llama3","factor":8,"high_freq_factor":4}""", "low_freq_factor", "missing")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"llama3","factor":8,"high_freq_factor":1,"low_freq_factor":4}""", "high_freq_factor", "above")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"yarn","factor":8,"beta_fast":1,"beta_slow":4}""", "beta_fast", "beta_slow")]
    [InlineData(Llama32, "rope_scaling", """{"rope_type":"yarn","factor":8,"truncate":1}""", "truncate", "true or false")]
    [InlineData(Llama32, "rope_scaling", "[1]", "rope_scaling", "an object")]
    [InlineData(Qwen3, "rope_parameters", """{"full_attention":{"rope_type":"default"}}""", "full_attention", "layer to layer")]
    [InlineData(Qwen3, "rope_parameters", """{"rope_type":"default","partial_rotary_factor":0.5}""", "partial_rotary_factor", "1")]
    [InlineData(Qwen3, "layer_types", """["full_attention"]""", "layer_types", "28")]
    [InlineData(Llama32, "layer_types", "sliding*16", "layer_types", "sliding_window")]
    [InlineData(Mistral, "layer_types", "full*32", "layer_types", "sliding_window")]
    [InlineData(Mistral, "sliding_window", "0", "sliding_window", "positive")]
    [InlineData(Llama32, "model_type", "\"phi3\"", "model_type", "llama, mistral, qwen2, qwen3")]
    public void Read_WhatCannotBeRun_IsRefusedByNameWithAReason(string text, string key, string value, string named, string reason)
    {
        value = value switch { "sliding*16" => Types(0, 16), "full*32" => Types(32, 32), _ => value };

        string message = Assert.Throws<ModelFormatException>(() => Read(text, (key, value))).Message;

        Assert.StartsWith(Path, message, StringComparison.Ordinal);
        Assert.Contains($"key {named}", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameOfEveryFamilyAndScaling()
    {
        RopeScaling?[] scalings =
        [
            null, new LinearScaling(3), new Llama3Scaling(8, 1, 4, 64), new YarnScaling(4, 32),
            new YarnScaling(2.5, 16) { AttentionFactor = 1.5, BetaFast = 8, BetaSlow = 0.5, Mscale = 1.5, MscaleAllDim = 2, Truncate = false },
        ];
        PolicyConfig plain = TinyModels.Config with { EosTokenIds = [] };
        foreach (PolicyConfig config in Enum.GetValues<PolicyFamily>().SelectMany(family => scalings.Select(scaling => plain with { Family = family, RopeScaling = scaling }))
            .Concat([
                plain with { AttentionBias = true, MlpBias = true }, plain with { Family = PolicyFamily.Qwen3, AttentionBias = true },
                plain with { Family = PolicyFamily.Mistral, SlidingWindow = 7 }, plain with { Family = PolicyFamily.Qwen2, SlidingWindow = 7, FirstWindowedLayer = 1 },
            ]))
        {
            PolicyConfigWriter.Write(Path, config, TensorDtype.BF16);
            Assert.Equal(config, PolicyConfigReader.Read(Path) with { EosTokenIds = config.EosTokenIds });
        }
    }

    [Theory]
    [InlineData("torch_dtype")]
    [InlineData("dtype")]
    public void Write_WithTheConfigOfAnother_KeepsAllButTheDtype(string key)
    {
        const string Text = """{"model_type":"qwen2","hidden_size":6,"intermediate_size":10,"num_attention_heads":3,"num_key_value_heads":1,"num_hidden_layers":1,"vocab_size":11,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"future":{"a":[1,2.50]},"KEY":"bfloat16","tie_word_embeddings":true}""";
        string text = Text.Replace("KEY", key, StringComparison.Ordinal);
        PolicyConfig config = Read(text);

        Checkpoint.Write(_folder.File("made"), text, TinyModels.Tensors(config), TensorDtype.F16);

        string made = File.ReadAllText(System.IO.Path.Combine(_folder.File("made"), "config.json"));
        Assert.Equal(JsonNode.Parse(text.Replace("bfloat16", "float16", StringComparison.Ordinal))!.ToJsonString(), JsonNode.Parse(made)!.ToJsonString());
        Assert.Contains("\"rms_norm_eps\": 1e-06", made, StringComparison.Ordinal);
        using ICheckpoint opened = Checkpoint.Open(_folder.File("made"));
        Assert.Equal(made, opened.ConfigJson);
        Assert.Throws<ArgumentException>(() => Checkpoint.Write(_folder.File("made"), text, TinyModels.Tensors(TinyModels.Config)));
        Assert.Throws<ModelFormatException>(() => Checkpoint.Write(_folder.File("made"), "{}", TinyModels.Tensors(config)));
    }

    private static string Types(int full, int layers) =>
        new JsonArray([.. Enumerable.Range(0, layers).Select(layer => JsonValue.Create(layer < full ? "full_attention" : "sliding_attention"))]).ToJsonString();

    /// <summary>A value of null takes the key away.</summary>
    private PolicyConfig Read(string text, params (string Key, string? Value)[] changes)
    {
        JsonObject config = JsonNode.Parse(text)!.AsObject();
        foreach ((string key, string? value) in changes)
        {
            config.Remove(key);
            if (value is not null)
            {
                config[key] = JsonNode.Parse(value);
            }
        }

        File.WriteAllText(Path, config.ToJsonString());
        return PolicyConfigReader.Read(Path);
    }
}
