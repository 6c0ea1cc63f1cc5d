using System.Globalization;
using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Tokenization;

/// <summary>tokenizer_config.json: the chat template, and what transformers wants to know beside tokenizer.json.</summary>
internal static class TokenizerConfigJson
{
    /// <summary>The template: a string, or the one named default of a list; null where there is none.</summary>
    public static string? ReadChatTemplate(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        if (!keys.TryGet("chat_template", out JsonElement value) || value.ValueKind != JsonValueKind.Array)
        {
            return keys.OptionalString("chat_template");
        }

        foreach (JsonElement item in value.EnumerateArray())
        {
            var entry = new JsonKeys($"{path}: chat_template", item);
            if (entry.String("name") == "default")
            {
                return entry.String("template");
            }
        }

        throw new ModelFormatException($"{path}: key chat_template has no template named default.");
    }

    public static void Write(string path, BpeTokenizer tokenizer) => HuggingFaceJson.WriteFile(path, json =>
    {
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
        json.WriteString("chat_template", tokenizer.Template.Jinja);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        json.WriteString("eos_token", tokenizer.Template.EndOfTurn);
        if (tokenizer.PaddingToken is not null)
        {
            json.WriteString("pad_token", ChatTemplate.Padding);
        }

        json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        json.WriteNull("unk_token");
    });
}
