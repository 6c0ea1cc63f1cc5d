using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;

namespace AlignOps.Models.Checkpoints;

/// <summary>Reads a Llama-like config.json, of transformers before and since version 5; anything it cannot run faithfully is refused by key.</summary>
internal static class PolicyConfigReader
{
    public static PolicyConfig Read(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        return Read(new JsonKeys(path, document.RootElement));
    }

    public static PolicyConfig Read(JsonKeys keys)
    {
        FamilyNames family = Family(keys);
        Refuse(keys);

        int hidden = keys.PositiveInt("hidden_size");
        int heads = keys.PositiveInt("num_attention_heads");
        int keyValueHeads = keys.Names("num_key_value_heads") ? keys.PositiveInt("num_key_value_heads", heads) : family.KeyValueHeads ?? heads;
        if (heads % keyValueHeads != 0)
        {
            throw keys.Fault("num_key_value_heads", $"a divisor of num_attention_heads {heads}");
        }

        int vocabulary = keys.PositiveInt("vocab_size");
        int layers = keys.PositiveInt("num_hidden_layers");
        (double theta, RopeScaling? scaling) = RopeReader.Read(keys);
        (int? window, int firstWindowed) = WindowReader.Read(keys, family.Family, layers);
        return new PolicyConfig
        {
            Family = family.Family,
            VocabSize = vocabulary,
            HiddenSize = hidden,
            IntermediateSize = keys.PositiveInt("intermediate_size"),
            LayerCount = layers,
            HeadCount = heads,
            KeyValueHeadCount = keyValueHeads,
            HeadDim = HeadDim(keys, family, hidden, heads),
            MaxPositions = keys.PositiveInt("max_position_embeddings", family.MaxPositions),
            RmsNormEpsilon = keys.PositiveNumber("rms_norm_eps", 1e-6),
            RopeTheta = theta,
            RopeScaling = scaling,
            TieWordEmbeddings = keys.Flag("tie_word_embeddings", false),
            AttentionBias = family.WeighsAttentionBias && keys.Flag("attention_bias", false),
            MlpBias = family.WeighsMlpBias && keys.Flag("mlp_bias", false),
            SlidingWindow = window,
            FirstWindowedLayer = firstWindowed,
            BosTokenId = TokenId(keys, "bos_token_id", vocabulary),
            EosTokenIds = EosTokenIds(keys, vocabulary),
            PadTokenId = TokenId(keys, "pad_token_id", vocabulary),
        };
    }

    private static FamilyNames Family(JsonKeys keys)
    {
        string type = keys.String("model_type");
        return FamilyNames.All.FirstOrDefault(names => names.ModelType == type)
            ?? throw keys.Fault("model_type", $"one of {string.Join(", ", FamilyNames.All.Select(names => names.ModelType))}");
    }

    private static void Refuse(JsonKeys keys)
    {
        if (keys.OptionalString("hidden_act") is not (null or "silu"))
        {
            throw keys.Fault("hidden_act", "\"silu\"");
        }

        if (keys.TryGet("quantization_config", out _))
        {
            throw new ModelFormatException($"{keys.File}: key quantization_config: quantised weights cannot be read.");
        }
    }

    private static int HeadDim(JsonKeys keys, FamilyNames family, int hidden, int heads)
    {
        bool given = keys.TryGet("head_dim", out _);
        int? usual = keys.Names("head_dim") ? null : family.HeadDim;
        if (!given && usual is null && hidden % heads != 0)
        {
            throw keys.Fault("num_attention_heads", $"a divisor of hidden_size {hidden} where head_dim is not given");
        }

        int headDim = given ? keys.PositiveInt("head_dim") : usual ?? hidden / heads;
        return headDim % 2 == 0
            ? headDim
            : throw new ModelFormatException($"{keys.File}: key head_dim: it is {headDim}; rotary positions need an even one.");
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
