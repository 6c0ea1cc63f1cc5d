using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// Writes config.json with keys sorted, as transformers does. The rope and dtype keys are the ones from before version 5: every version reads them.
/// </summary>
internal static class PolicyConfigWriter
{
    public static void Write(string path, PolicyConfig config, TensorDtype dtype) => HuggingFaceJson.WriteFile(path, json =>
    {
        FamilyNames family = FamilyNames.Of(config.Family);
        bool qwen = config.Family is PolicyFamily.Qwen2 or PolicyFamily.Qwen3;
        json.WriteStrings("architectures", [family.Architecture]);
        When(family.WeighsAttentionBias, () => json.WriteBoolean("attention_bias", config.AttentionBias));
        json.WriteReal("attention_dropout", 0);
        WriteToken(json, "bos_token_id", config.BosTokenId);
        WriteEos(json, config.EosTokenIds);
        json.WriteNumber("head_dim", config.HeadDim);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", config.HiddenSize);
        json.WriteReal("initializer_range", 0.02);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        json.WriteNumber("max_position_embeddings", config.MaxPositions);
        When(qwen, () => json.WriteNumber("max_window_layers", config.SlidingWindow is null ? config.LayerCount : config.FirstWindowedLayer));
        When(family.WeighsMlpBias, () => json.WriteBoolean("mlp_bias", config.MlpBias));
        json.WriteString("model_type", family.ModelType);
        json.WriteNumber("num_attention_heads", config.HeadCount);
        json.WriteNumber("num_hidden_layers", config.LayerCount);
        json.WriteNumber("num_key_value_heads", config.KeyValueHeadCount);
        WriteToken(json, "pad_token_id", config.PadTokenId);
        When(config.Family == PolicyFamily.Llama, () => json.WriteNumber("pretraining_tp", 1));
        json.WriteReal("rms_norm_eps", config.RmsNormEpsilon);
        WriteScaling(json, config.RopeScaling);
        json.WriteReal("rope_theta", config.RopeTheta);
        When(config.Family != PolicyFamily.Llama, () => WriteToken(json, "sliding_window", config.SlidingWindow));
        json.WriteBoolean("tie_word_embeddings", config.TieWordEmbeddings);
        json.WriteString("torch_dtype", DtypeName(dtype));
        json.WriteBoolean("use_cache", true);
        When(qwen, () => json.WriteBoolean("use_sliding_window", config.SlidingWindow is not null));
        json.WriteNumber("vocab_size", config.VocabSize);
    });

    /// <summary>Writes a config as another checkpoint had it, unknown keys and all; its dtype, under whichever key it stood, follows the weights.</summary>
    public static void Copy(string path, JsonElement original, TensorDtype dtype)
    {
        string[] known = [.. new[] { "dtype", "torch_dtype" }.Where(key => original.TryGetProperty(key, out _))];
        HuggingFaceJson.WriteFile(path, json =>
        {
            foreach (JsonProperty property in original.EnumerateObject())
            {
                if (known.Contains(property.Name))
                {
                    json.WriteString(property.Name, DtypeName(dtype));
                }
                else
                {
                    property.WriteTo(json);
                }
            }

            When(known.Length == 0, () => json.WriteString("torch_dtype", DtypeName(dtype)));
        });
    }

    private static string DtypeName(TensorDtype dtype) => dtype switch { TensorDtype.F32 => "float32", TensorDtype.BF16 => "bfloat16", _ => "float16" };

    private static void When(bool applies, Action write)
    {
        if (applies)
        {
            write();
        }
    }

    private static void WriteScaling(Utf8JsonWriter json, RopeScaling? scaling)
    {
        if (scaling is null)
        {
            json.WriteNull("rope_scaling");
            return;
        }

        json.WriteStartObject("rope_scaling");
        switch (scaling)
        {
            case LinearScaling linear:
                json.WriteReal("factor", linear.Factor);
                break;
            case Llama3Scaling llama:
                json.WriteReal("factor", llama.Factor);
                json.WriteReal("high_freq_factor", llama.HighFrequencyFactor);
                json.WriteReal("low_freq_factor", llama.LowFrequencyFactor);
                json.WriteNumber("original_max_position_embeddings", llama.OriginalPositions);
                break;
            case YarnScaling yarn:
                WriteYarn(json, yarn);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(scaling), scaling.Type, "There is no such rotary scaling.");
        }

        json.WriteString("rope_type", scaling.Type);
        When(scaling is YarnScaling { Truncate: false }, () => json.WriteBoolean("truncate", false));
        json.WriteEndObject();
    }

    private static void WriteYarn(Utf8JsonWriter json, YarnScaling yarn)
    {
        WriteOptional("attention_factor", yarn.AttentionFactor);
        json.WriteReal("beta_fast", yarn.BetaFast);
        json.WriteReal("beta_slow", yarn.BetaSlow);
        json.WriteReal("factor", yarn.Factor);
        WriteOptional("mscale", yarn.Mscale);
        WriteOptional("mscale_all_dim", yarn.MscaleAllDim);
        json.WriteNumber("original_max_position_embeddings", yarn.OriginalPositions);

        void WriteOptional(string key, double? value) => When(value is not null, () => json.WriteReal(key, value!.Value));
    }

    private static void WriteToken(Utf8JsonWriter json, string key, int? id)
    {
        if (id is { } token)
        {
            json.WriteNumber(key, token);
        }
        else
        {
            json.WriteNull(key);
        }
    }

    private static void WriteEos(Utf8JsonWriter json, IReadOnlyList<int> ids)
    {
        if (ids.Count <= 1)
        {
            WriteToken(json, "eos_token_id", ids.Count == 1 ? ids[0] : null);
            return;
        }

        json.WriteStartArray("eos_token_id");
        foreach (int id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }
}
