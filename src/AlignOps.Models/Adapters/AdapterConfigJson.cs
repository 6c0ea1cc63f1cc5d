using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Adapters;

/// <summary>
/// PEFT's adapter_config.json for LoRA. Written with the fields that every PEFT and vLLM of the last years reads, keys sorted, indent 2;
/// read with anything refused that would change what the adapter computes.
/// </summary>
internal static class AdapterConfigJson
{
    private static readonly string[] MustBeOff =
        ["use_dora", "use_rslora", "fan_in_fan_out", "lora_bias", "use_qalora"];

    private static readonly string[] MustBeEmpty =
    [
        "modules_to_save", "rank_pattern", "alpha_pattern", "layers_to_transform", "layers_pattern", "layer_replication",
        "exclude_modules", "target_parameters", "trainable_token_indices", "alora_invocation_tokens",
    ];

    public static (LoraConfig Config, string? BaseModelName) Read(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        if (keys.String("peft_type") != "LORA")
        {
            throw keys.Fault("peft_type", "\"LORA\"");
        }

        if (keys.OptionalString("bias") is not (null or "none"))
        {
            throw keys.Fault("bias", "\"none\"");
        }

        foreach (string key in MustBeOff)
        {
            if (keys.Flag(key, false))
            {
                throw keys.Fault(key, "false");
            }
        }

        foreach (string key in MustBeEmpty)
        {
            if (keys.TryGet(key, out JsonElement value) && !IsEmpty(value))
            {
                throw keys.Fault(key, "absent, null or empty");
            }
        }

        var config = new LoraConfig(keys.PositiveInt("r"), keys.PositiveNumber("lora_alpha", 8), Targets(keys));
        return (config, keys.OptionalString("base_model_name_or_path"));
    }

    public static void Write(string path, LoraConfig lora, string baseModelName) => HuggingFaceJson.WriteFile(path, json =>
    {
        WriteEmpty(json, "alpha_pattern");
        json.WriteString("base_model_name_or_path", baseModelName);
        json.WriteString("bias", "none");
        json.WriteBoolean("fan_in_fan_out", false);
        json.WriteBoolean("inference_mode", true);
        json.WriteBoolean("init_lora_weights", true);
        json.WriteNull("layers_pattern");
        json.WriteNull("layers_to_transform");
        // PEFT and vLLM type alpha as an integer; a fraction is kept where the recipe asked for one.
        json.WriteNumber("lora_alpha", lora.Alpha);
        json.WriteReal("lora_dropout", 0);
        json.WriteNull("modules_to_save");
        json.WriteString("peft_type", "LORA");
        json.WriteNumber("r", lora.Rank);
        WriteEmpty(json, "rank_pattern");
        json.WriteNull("revision");
        json.WriteStrings("target_modules", AdapterLayout.Ordered(lora.Targets));
        json.WriteString("task_type", "CAUSAL_LM");
        json.WriteBoolean("use_dora", false);
        json.WriteBoolean("use_rslora", false);
    });

    private static string[] Targets(JsonKeys keys)
    {
        if (keys.Get("target_modules") is { ValueKind: JsonValueKind.String } text)
        {
            return text.GetString() == "all-linear"
                ? [.. LoraConfig.AllLinear]
                : throw keys.Fault("target_modules", "a list of layer names or \"all-linear\"");
        }

        List<string> names = [];
        foreach (JsonElement item in keys.Array("target_modules"))
        {
            string? name = item.ValueKind == JsonValueKind.String ? item.GetString() : null;
            if (name is null || !LoraConfig.AllLinear.Contains(name))
            {
                throw new ModelFormatException(
                    $"{keys.File}: key target_modules: unknown module {item.GetRawText()}; known are {string.Join(", ", LoraConfig.AllLinear)}.");
            }

            names.Add(name);
        }

        return names.Count > 0 ? AdapterLayout.Ordered(names) : throw keys.Fault("target_modules", "a list of at least one layer name");
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static void WriteEmpty(Utf8JsonWriter json, string key)
    {
        json.WriteStartObject(key);
        json.WriteEndObject();
    }
}
