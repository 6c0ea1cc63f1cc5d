using System.Text.Json.Nodes;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Tests.Models;

public sealed class PolicyConfigTests : IDisposable
{
    private const string SmolLm =
        """
        {"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_act":"silu","hidden_size":576,"intermediate_size":1536,
         "num_hidden_layers":30,"num_attention_heads":9,"num_key_value_heads":3,"vocab_size":49152,"max_position_embeddings":8192,
         "rms_norm_eps":1e-05,"rope_theta":100000,"rope_scaling":null,"tie_word_embeddings":true,"bos_token_id":1,"eos_token_id":2,
         "pad_token_id":2,"torch_dtype":"bfloat16","attention_bias":false,"some_future_key":{"a":1}}
        """;

    private readonly TempFolder _folder = new();

    private string Path => _folder.File("config.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SmolLm_FillsWhatTheFileLeavesOut()
    {
        PolicyConfig config = Read(_ => { });

        Assert.Equal(64, config.HeadDim);
        Assert.Equal((9, 3, 30), (config.HeadCount, config.KeyValueHeadCount, config.LayerCount));
        Assert.Equal(1e-5, config.RmsNormEpsilon);
        Assert.Equal(100_000, config.RopeTheta);
        Assert.True(config.TieWordEmbeddings);
        Assert.Equal(1, config.BosTokenId);
        Assert.Equal([2], config.EosTokenIds);
        Assert.Equal(2, config.PadTokenId);
    }

    [Fact]
    public void Read_OnlyTheNecessary_TakesTheFamilysDefaults()
    {
        PolicyConfig config = Read(c =>
        {
            foreach (string key in (string[])["num_key_value_heads", "rms_norm_eps", "rope_theta", "tie_word_embeddings", "bos_token_id", "eos_token_id", "max_position_embeddings"])
            {
                c.Remove(key);
            }

            c["head_dim"] = 32;
            c["pad_token_id"] = -1;
        });

        Assert.Equal(9, config.KeyValueHeadCount);
        Assert.Equal(32, config.HeadDim);
        Assert.Equal(1e-6, config.RmsNormEpsilon);
        Assert.Equal(10_000, config.RopeTheta);
        Assert.Equal(2048, config.MaxPositions);
        Assert.False(config.TieWordEmbeddings);
        Assert.Null(config.BosTokenId);
        Assert.Null(config.PadTokenId);
        Assert.Empty(config.EosTokenIds);
    }

    [Fact]
    public void Read_Version5Keys_TakesThetaFromRopeParameters()
    {
        PolicyConfig config = Read(c =>
        {
            c.Remove("rope_theta");
            c.Remove("torch_dtype");
            c["dtype"] = "float32";
            c["rope_parameters"] = new JsonObject { ["rope_type"] = "default", ["rope_theta"] = 5e5 };
            c["eos_token_id"] = new JsonArray(7, 9);
        });

        Assert.Equal(500_000, config.RopeTheta);
        Assert.Equal([7, 9], config.EosTokenIds);
    }

    [Theory]
    [InlineData("model_type", "\"gemma\"")]
    [InlineData("model_type", null)]
    [InlineData("hidden_act", "\"gelu\"")]
    [InlineData("quantization_config", "{\"bits\":4}")]
    [InlineData("partial_rotary_factor", "0.5", "rope_parameters")]
    [InlineData("hidden_size", null)]
    [InlineData("hidden_size", "0")]
    [InlineData("hidden_size", "\"576\"")]
    [InlineData("hidden_size", "1.5")]
    [InlineData("vocab_size", "99999999999")]
    [InlineData("num_attention_heads", "7")]
    [InlineData("num_key_value_heads", "4")]
    [InlineData("head_dim", "33")]
    [InlineData("rms_norm_eps", "-1")]
    [InlineData("rope_theta", "1e999")]
    [InlineData("eos_token_id", "49152")]
    [InlineData("eos_token_id", "[1,49152]")]
    [InlineData("eos_token_id", "\"</s>\"")]
    [InlineData("pad_token_id", "-2")]
    [InlineData("tie_word_embeddings", "1")]
    public void Read_Unsupported_NamesTheKey(string key, string? value, string? under = null)
    {
        void Edit(JsonObject config)
        {
            JsonObject target = config;
            if (under is not null)
            {
                config[under] = target = [];
            }

            if (value is null)
            {
                target.Remove(key);
            }
            else
            {
                target[key] = JsonNode.Parse(value);
            }
        }

        var thrown = Assert.Throws<ModelFormatException>(() => Read(Edit));
        Assert.Contains(key, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(under ?? Path, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model_type\":\"llama\",\"model_type\":\"llama\"}")]
    [InlineData("{\"model_type\":")]
    public void Read_NotAConfig_IsRefused(string text)
    {
        File.WriteAllText(Path, text);
        Assert.Throws<ModelFormatException>(() => PolicyConfigReader.Read(Path));
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameConfig()
    {
        int[] none = [];
        foreach (PolicyConfig config in (PolicyConfig[])[
            TinyModels.Config,
            TinyModels.Config with { TieWordEmbeddings = false, EosTokenIds = [2, 3], BosTokenId = 1, PadTokenId = null, RopeTheta = 12345.678, RmsNormEpsilon = 1e-6 },
            TinyModels.Config with { EosTokenIds = [] }])
        {
            PolicyConfigWriter.Write(Path, config, TensorDtype.F32);
            PolicyConfig read = PolicyConfigReader.Read(Path);

            Assert.Equal(config.EosTokenIds, read.EosTokenIds);
            Assert.Equal(config with { EosTokenIds = none }, read with { EosTokenIds = none });
        }
    }

    [Fact]
    public void Write_TinyModel_GivesTransformersText()
    {
        PolicyConfigWriter.Write(Path, TinyModels.Config, TensorDtype.BF16);

        Assert.Equal(
            """
            {
              "architectures": [
                "LlamaForCausalLM"
              ],
              "attention_bias": false,
              "attention_dropout": 0.0,
              "bos_token_id": null,
              "eos_token_id": 2,
              "head_dim": 4,
              "hidden_act": "silu",
              "hidden_size": 6,
              "initializer_range": 0.02,
              "intermediate_size": 10,
              "max_position_embeddings": 32,
              "mlp_bias": false,
              "model_type": "llama",
              "num_attention_heads": 3,
              "num_hidden_layers": 2,
              "num_key_value_heads": 1,
              "pad_token_id": 0,
              "pretraining_tp": 1,
              "rms_norm_eps": 1e-05,
              "rope_scaling": null,
              "rope_theta": 100000.0,
              "tie_word_embeddings": true,
              "torch_dtype": "bfloat16",
              "use_cache": true,
              "vocab_size": 11
            }
            """,
            File.ReadAllText(Path));
    }

    private PolicyConfig Read(Action<JsonObject> edit)
    {
        JsonObject config = JsonNode.Parse(SmolLm)!.AsObject();
        edit(config);
        File.WriteAllText(Path, config.ToJsonString());
        return PolicyConfigReader.Read(Path);
    }
}
