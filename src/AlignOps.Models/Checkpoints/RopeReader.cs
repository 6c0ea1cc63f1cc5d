using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// Reads what config.json says of rotary positions: <c>rope_theta</c> beside <c>rope_scaling</c>, as before transformers 5, or both in <c>rope_parameters</c>.
/// A scaling that the engines do not compute is refused by its name.
/// </summary>
internal static class RopeReader
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["dynamic"] = "its frequencies change with the length of each call, so that the same tokens score differently in longer company",
        ["longrope"] = "its frequencies change with the length of each call, so that the same tokens score differently in longer company",
        ["su"] = "it is the old name of longrope, whose frequencies change with the length of each call",
        ["mrope"] = "it places pictures and film, and the engines read text alone",
        ["proportional"] = "it leaves part of every head unrotated",
    };

    public static (double Theta, RopeScaling? Scaling) Read(JsonKeys keys)
    {
        double theta = keys.PositiveNumber("rope_theta", 10_000);
        if (keys.PositiveNumber("partial_rotary_factor", 1) != 1)
        {
            throw keys.Fault("partial_rotary_factor", "1");
        }

        // Where both stand, transformers takes the old one.
        string? place = new[] { "rope_scaling", "rope_parameters" }.FirstOrDefault(key => keys.TryGet(key, out _));
        if (place is null)
        {
            return (theta, null);
        }

        JsonKeys rope = keys.Object(place);
        foreach (JsonProperty property in rope.Properties().Where(property => property.Value.ValueKind == JsonValueKind.Object))
        {
            throw new ModelFormatException($"{rope.File}: key {property.Name}: rotary positions that differ from layer to layer cannot be run.");
        }

        if (rope.PositiveNumber("partial_rotary_factor", 1) != 1)
        {
            throw rope.Fault("partial_rotary_factor", "1");
        }

        return (rope.PositiveNumber("rope_theta", theta), Scaling(keys, rope));
    }

    private static RopeScaling? Scaling(JsonKeys keys, JsonKeys rope)
    {
        string key = rope.TryGet("rope_type", out _) ? "rope_type" : "type";
        string type = rope.OptionalString(key) ?? "default";
        return type switch
        {
            "default" => null,
            "linear" => new LinearScaling(rope.PositiveNumber("factor")),
            "llama3" => Llama3(keys, rope),
            "yarn" => Yarn(keys, rope),
            _ => throw new ModelFormatException(
                $"{rope.File}: key {key}: rotary scaling \"{type}\" cannot be run{(Refused.TryGetValue(type, out string? why) ? $": {why}" : "")}; default, linear, llama3 and yarn can."),
        };
    }

    private static Llama3Scaling Llama3(JsonKeys keys, JsonKeys rope)
    {
        var scaling = new Llama3Scaling(
            rope.PositiveNumber("factor"), rope.PositiveNumber("low_freq_factor"), rope.PositiveNumber("high_freq_factor"), OriginalPositions(keys, rope));
        return scaling.HighFrequencyFactor > scaling.LowFrequencyFactor
            ? scaling
            : throw rope.Fault("high_freq_factor", $"above low_freq_factor {scaling.LowFrequencyFactor}");
    }

    private static YarnScaling Yarn(JsonKeys keys, JsonKeys rope)
    {
        int original = OriginalPositions(keys, rope);
        double factor = rope.TryGet("factor", out _)
            ? rope.PositiveNumber("factor")
            : (double)keys.PositiveInt("max_position_embeddings") / original;
        var scaling = new YarnScaling(factor, original)
        {
            AttentionFactor = Optional("attention_factor"),
            BetaFast = rope.PositiveNumber("beta_fast", 32),
            BetaSlow = rope.PositiveNumber("beta_slow", 1),
            Mscale = Optional("mscale"),
            MscaleAllDim = Optional("mscale_all_dim"),
            Truncate = rope.Flag("truncate", true),
        };
        return scaling.BetaFast >= scaling.BetaSlow ? scaling : throw rope.Fault("beta_fast", $"at least beta_slow {scaling.BetaSlow}");

        double? Optional(string key) => rope.TryGet(key, out _) ? rope.PositiveNumber(key) : null;
    }

    /// <summary>The length before scaling: in the scaling's own object, or beside it, which then counts (Phi-3's files), or the present limit.</summary>
    private static int OriginalPositions(JsonKeys keys, JsonKeys rope)
    {
        const string Key = "original_max_position_embeddings";
        return keys.TryGet(Key, out _) ? keys.PositiveInt(Key) : rope.TryGet(Key, out _) ? rope.PositiveInt(Key) : keys.PositiveInt("max_position_embeddings");
    }
}
