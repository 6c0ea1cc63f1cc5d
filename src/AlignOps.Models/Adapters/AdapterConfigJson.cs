using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Adapters;

/// <summary>
/// PEFT's adapter_config.json for LoRA. Written with the fields that every PEFT and vLLM of the last years reads, keys sorted, indent 2;
/// read with anything refused that would change what the adapter computes, and anything else let be.
/// </summary>
internal static class AdapterConfigJson
{
    private const string ScoreHead = "score";

    private static readonly string[] MustBeOff =
        ["use_dora", "fan_in_fan_out", "lora_bias", "use_qalora"];

    private static readonly string[] MustBeEmpty =
    [
        "layers_to_transform", "layers_pattern", "layer_replication", "exclude_modules", "target_parameters", "trainable_token_indices",
        "alora_invocation_tokens", "megatron_config", "use_bdlora", "arrow_config", "kasa_config", "monteclora_config", "velora_config",
    ];

    /// <summary>PEFT repeats these beginnings when it loads, and so changes the base's own weights; of the rest only the tensors are left.</summary>
    private static readonly string[] BeginningsThatLeaveTheBase = ["gaussian", "eva", "orthogonal"];

    public static (LoraConfig Config, string? BaseModelName) Read(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        try
        {
            return (Config(keys), keys.OptionalString("base_model_name_or_path"));
        }
        catch (ModelFormatException fault)
        {
            throw new ModelFormatException(fault.Message, fault) { Reason = AdapterReasons.Unsupported };
        }
    }

    public static void Write(string path, LoraConfig lora, string baseModelName) => HuggingFaceJson.WriteFile(path, json =>
    {
        WritePattern(json, "alpha_pattern", lora.AlphaPattern, json.WriteNumber);
        json.WriteString("base_model_name_or_path", baseModelName);
        json.WriteString("bias", "none");
        json.WriteBoolean("fan_in_fan_out", false);
        json.WriteBoolean("inference_mode", true);
        json.WriteBoolean("init_lora_weights", true);
        json.WriteNull("layers_pattern");
        json.WriteNull("layers_to_transform");
        // PEFT and vLLM type alpha as an integer; a fraction is kept where the recipe asked for one.
        json.WriteNumber("lora_alpha", lora.Alpha);
        json.WriteReal("lora_dropout", lora.Dropout);
        if (lora.RewardHead)
        {
            json.WriteStrings("modules_to_save", [ScoreHead]);
        }
        else
        {
            json.WriteNull("modules_to_save");
        }

        json.WriteString("peft_type", "LORA");
        json.WriteNumber("r", lora.Rank);
        WritePattern(json, "rank_pattern", lora.RankPattern, json.WriteNumber);
        json.WriteNull("revision");
        json.WriteStrings("target_modules", AdapterLayout.Ordered(lora.Targets));
        json.WriteString("task_type", lora.RewardHead ? "SEQ_CLS" : "CAUSAL_LM");
        json.WriteBoolean("use_dora", false);
        json.WriteBoolean("use_rslora", lora.UseRsLora);
    });

    private static LoraConfig Config(JsonKeys keys)
    {
        Refuse(keys);
        var lora = new LoraConfig(keys.PositiveInt("r"), keys.PositiveNumber("lora_alpha", 8), Targets(keys))
        {
            Dropout = keys.TryGet("lora_dropout", out JsonElement dropout) ? Number(dropout) ?? throw keys.Fault("lora_dropout", "a number") : 0,
            UseRsLora = keys.Flag("use_rslora", false),
            RankPattern = Pattern(keys, "rank_pattern", value => value.TryGetInt32(out int rank) ? rank : 0),
            AlphaPattern = Pattern(keys, "alpha_pattern", value => value.GetDouble()),
            RewardHead = RewardHead(keys),
        };
        return LoraFaults.Of(lora).FirstOrDefault() is not { } fault
            ? lora
            : throw new ModelFormatException($"{keys.File}: key {PeftKey(fault.Key)} {fault.Sentence}");
    }

    private static void Refuse(JsonKeys keys)
    {
        if (keys.String("peft_type") != "LORA")
        {
            throw keys.Fault("peft_type", "\"LORA\"");
        }

        if (keys.OptionalString("bias") is not (null or "none"))
        {
            throw keys.Fault("bias", "\"none\"");
        }

        foreach (string key in MustBeOff.Where(key => keys.Flag(key, false)))
        {
            throw keys.Fault(key, "false");
        }

        foreach (string key in MustBeEmpty.Where(key => keys.TryGet(key, out JsonElement value) && !IsEmpty(value)))
        {
            throw keys.Fault(key, "absent, null or empty");
        }

        if (keys.TryGet("init_lora_weights", out JsonElement start) && start.ValueKind == JsonValueKind.String && !BeginningsThatLeaveTheBase.Contains(start.GetString()))
        {
            throw keys.Fault("init_lora_weights", "true, false or one that leaves the base as it is; convert the adapter to plain LoRA");
        }
    }

    private static bool RewardHead(JsonKeys keys)
    {
        if (!keys.TryGet("modules_to_save", out JsonElement saved) || IsEmpty(saved))
        {
            return false;
        }

        // PEFT lists both names that a classifier's head may have; a Llama's is the second.
        string[] names = saved.ValueKind == JsonValueKind.Array ? [.. saved.EnumerateArray().Select(item => item.ToString())] : [];
        return names.Contains(ScoreHead) && names.All(name => name is ScoreHead or "classifier")
            ? true
            : throw keys.Fault("modules_to_save", $"absent, null, empty or [\"{ScoreHead}\"]");
    }

    private static string[] Targets(JsonKeys keys)
    {
        if (keys.Get("target_modules") is { ValueKind: JsonValueKind.String } text)
        {
            return text.GetString() == "all-linear"
                ? [.. LoraConfig.AllLinear]
                : throw keys.Fault("target_modules", "a list of layer names or \"all-linear\"");
        }

        return AdapterLayout.Ordered([.. keys.Array("target_modules").Select(item =>
            item.ValueKind == JsonValueKind.String ? item.GetString()! : throw keys.Fault("target_modules", "a list of layer names"))]);
    }

    private static IReadOnlyDictionary<string, T> Pattern<T>(JsonKeys keys, string key, Func<JsonElement, T> value)
    {
        var patterns = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (JsonProperty pattern in keys.TryGet(key, out _) ? keys.Object(key).Properties() : [])
        {
            patterns.Add(pattern.Name, Number(pattern.Value) is not null ? value(pattern.Value) : throw keys.Fault(key, "numbers by layer pattern"));
        }

        return patterns;
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : null;

    private static string PeftKey(string key) => key switch
    {
        "rank" => "r",
        "alpha" => "lora_alpha",
        "targets" => "target_modules",
        "dropout" => "lora_dropout",
        _ => key,
    };

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.False => true,
        _ => false,
    };

    private static void WritePattern<T>(Utf8JsonWriter json, string key, IReadOnlyDictionary<string, T> patterns, Action<string, T> write)
    {
        json.WriteStartObject(key);
        foreach ((string pattern, T value) in patterns)
        {
            write(pattern, value);
        }

        json.WriteEndObject();
    }
}
