using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// Writes config.json with keys sorted, as transformers does. The rope and dtype keys are the ones from before version 5: every version reads them.
/// </summary>
internal static class PolicyConfigWriter
{
    public static void Write(string path, PolicyConfig config, TensorDtype dtype) => HuggingFaceJson.WriteFile(path, json =>
    {
        json.WriteStrings("architectures", ["LlamaForCausalLM"]);
        json.WriteBoolean("attention_bias", false);
        json.WriteReal("attention_dropout", 0);
        WriteToken(json, "bos_token_id", config.BosTokenId);
        WriteEos(json, config.EosTokenIds);
        json.WriteNumber("head_dim", config.HeadDim);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", config.HiddenSize);
        json.WriteReal("initializer_range", 0.02);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        json.WriteNumber("max_position_embeddings", config.MaxPositions);
        json.WriteBoolean("mlp_bias", false);
        json.WriteString("model_type", "llama");
        json.WriteNumber("num_attention_heads", config.HeadCount);
        json.WriteNumber("num_hidden_layers", config.LayerCount);
        json.WriteNumber("num_key_value_heads", config.KeyValueHeadCount);
        WriteToken(json, "pad_token_id", config.PadTokenId);
        json.WriteNumber("pretraining_tp", 1);
        json.WriteReal("rms_norm_eps", config.RmsNormEpsilon);
        json.WriteNull("rope_scaling");
        json.WriteReal("rope_theta", config.RopeTheta);
        json.WriteBoolean("tie_word_embeddings", config.TieWordEmbeddings);
        json.WriteString("torch_dtype", dtype switch { TensorDtype.F32 => "float32", TensorDtype.BF16 => "bfloat16", _ => "float16" });
        json.WriteBoolean("use_cache", true);
        json.WriteNumber("vocab_size", config.VocabSize);
    });

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
