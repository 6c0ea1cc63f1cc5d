using System.Globalization;
using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Tokenization;

/// <summary>tokenizer_config.json: the chat template, and what transformers wants to know beside tokenizer.json.</summary>
internal static class TokenizerConfigJson
{
    private static readonly string[] SpecialNames = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>A template of its own file goes before the one in tokenizer_config.json; special tokens missing there are looked up in special_tokens_map.json.</summary>
    public static TokenizerConfig Read(string directory)
    {
        string path = Path.Combine(directory, Tokenizer.ConfigFile);
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        AddTokens(keys, tokens);
        string map = Path.Combine(directory, Tokenizer.SpecialTokensFile);
        if (File.Exists(map))
        {
            using JsonDocument more = JsonKeys.ParseFile(map);
            AddTokens(new JsonKeys(map, more.RootElement), tokens);
        }

        string separate = Path.Combine(directory, Tokenizer.TemplateFile);
        return File.Exists(separate)
            ? new TokenizerConfig(tokens, File.ReadAllText(separate), separate)
            : new TokenizerConfig(tokens, ReadChatTemplate(keys), path);
    }

    public static void Write(string path, BpeTokenizer tokenizer) => HuggingFaceJson.WriteFile(path, json =>
    {
        var template = (BuiltInTemplate)tokenizer.Template!;
        json.WriteStartObject("added_tokens_decoder");
        foreach (SpecialToken token in tokenizer.SpecialTokens)
        {
            json.WriteStartObject(token.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteString("content", token.Content);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteNull("bos_token");
        json.WriteString("chat_template", template.Jinja);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        json.WriteString("eos_token", template.EndOfTurn);
        if (tokenizer.PaddingToken is not null)
        {
            json.WriteString("pad_token", ChatTemplate.Padding);
        }

        json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        json.WriteNull("unk_token");
    });

    /// <summary>The template: a string, or the one named default of a list; null where there is none.</summary>
    private static string? ReadChatTemplate(JsonKeys keys)
    {
        if (!keys.TryGet("chat_template", out JsonElement value) || value.ValueKind != JsonValueKind.Array)
        {
            return keys.OptionalString("chat_template");
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            var entry = new JsonKeys($"{keys.File}: chat_template", item);
            if (entry.String("name") == "default")
            {
                return entry.String("template");
            }
        }

        throw new ModelFormatException($"{keys.File}: key chat_template has no template named default.");
    }

    /// <summary>A special token is a text, or an object with its content.</summary>
    private static void AddTokens(JsonKeys keys, Dictionary<string, string> tokens)
    {
        foreach (string name in SpecialNames)
        {
            if (keys.TryGet(name, out JsonElement value))
            {
                tokens.TryAdd(name, value.ValueKind == JsonValueKind.Object ? keys.Object(name).String("content") : keys.String(name));
            }
        }
    }
}
