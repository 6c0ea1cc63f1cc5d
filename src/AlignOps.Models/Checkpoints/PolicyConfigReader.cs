using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Checkpoints;

/// <summary>Reads a Llama-family config.json, of transformers before and since version 5; anything it cannot run faithfully is refused by key.</summary>
internal static class PolicyConfigReader
{
    public static PolicyConfig Read(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        Refuse(keys);

        int hidden = keys.PositiveInt("hidden_size");
        int heads = keys.PositiveInt("num_attention_heads");
        if (!keys.TryGet("head_dim", out _) && hidden % heads != 0)
        {
            throw keys.Fault("num_attention_heads", $"a divisor of hidden_size {hidden} where head_dim is not given");
        }

        int headDim = keys.PositiveInt("head_dim", Math.Max(hidden / heads, 1));
        int keyValueHeads = keys.PositiveInt("num_key_value_heads", heads);
        if (headDim % 2 != 0)
        {
            throw new ModelFormatException($"{path}: head_dim is {headDim}; rotary positions need an even one.");
        }

        if (heads % keyValueHeads != 0)
        {
            throw keys.Fault("num_key_value_heads", $"a divisor of num_attention_heads {heads}");
        }

        int vocabulary = keys.PositiveInt("vocab_size");
        return new PolicyConfig
        {
            VocabSize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = keys.PositiveInt("intermediate_size"),
            LayerCount = keys.PositiveInt("num_hidden_layers"),
            HeadCount = heads,
            KeyValueHeadCount = keyValueHeads,
            HeadDim = headDim,
            MaxPositions = keys.PositiveInt("max_position_embeddings", 2048),
            RmsNormEpsilon = keys.PositiveNumber("rms_norm_eps", 1e-6),
            RopeTheta = RopeTheta(keys),
            TieWordEmbeddings = keys.Flag("tie_word_embeddings", false),
            BosTokenId = TokenId(keys, "bos_token_id", vocabulary),
            EosTokenIds = EosTokenIds(keys, vocabulary),
            PadTokenId = TokenId(keys, "pad_token_id", vocabulary),
        };
    }

    private static void Refuse(JsonKeys keys)
    {
        if (keys.String("model_type") != "llama")
        {
            throw keys.Fault("model_type", "\"llama\"");
        }

        if (keys.OptionalString("hidden_act") is not (null or "silu"))
        {
            throw keys.Fault("hidden_act", "\"silu\"");
        }

        foreach (string flag in (string[])["attention_bias", "mlp_bias"])
        {
            if (keys.Flag(flag, false))
            {
                throw keys.Fault(flag, "false");
            }
        }

        if (keys.TryGet("quantization_config", out _))
        {
            throw new ModelFormatException($"{keys.File}: key quantization_config: quantised weights cannot be read.");
        }
    }

    private static double RopeTheta(JsonKeys keys)
    {
        double theta = keys.PositiveNumber("rope_theta", 10_000);
        foreach (string key in (string[])["rope_scaling", "rope_parameters"])
        {
            if (!keys.TryGet(key, out _))
            {
                continue;
            }

            JsonKeys rope = keys.Object(key);
            if ((rope.OptionalString("rope_type") ?? rope.OptionalString("type")) is not (null or "default"))
            {
                throw rope.Fault(rope.TryGet("rope_type", out _) ? "rope_type" : "type", "\"default\"");
            }

            if (rope.PositiveNumber("partial_rotary_factor", 1) != 1)
            {
                throw rope.Fault("partial_rotary_factor", "1");
            }

            theta = rope.PositiveNumber("rope_theta", theta);
        }

        return theta;
    }

    /// <summary>A token id; −1 stands for none in old files.</summary>
    private static int? TokenId(JsonKeys keys, string key, int vocabulary)
    {
        if (!keys.TryGet(key, out JsonElement value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id >= -1 && id < vocabulary
            ? id == -1 ? null : id
            : throw keys.Fault(key, $"a token id below vocab_size {vocabulary}");
    }

    internal static int[] EosTokenIds(JsonKeys keys, int vocabulary)
    {
        if (!keys.TryGet("eos_token_id", out JsonElement value) || value.ValueKind != JsonValueKind.Array)
        {
            return TokenId(keys, "eos_token_id", vocabulary) is { } single ? [single] : [];
        }

        int[] ids = [.. value.EnumerateArray().Select(e => keys.NonNegativeInt("eos_token_id", e))];
        return ids.All(id => id < vocabulary) ? ids : throw keys.Fault("eos_token_id", $"token ids below vocab_size {vocabulary}");
    }
}
