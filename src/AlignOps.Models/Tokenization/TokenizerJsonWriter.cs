using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Tokenization.AddedTokens;
using AlignOps.Models.Tokenization.Bpe;
using AlignOps.Models.Tokenization.Splitting;

namespace AlignOps.Models.Tokenization;

/// <summary>Writes a trained tokenizer's tokenizer.json as the tokenizers library does; merges as "a b", which old and new versions read.</summary>
internal static class TokenizerJsonWriter
{
    public static void Write(string path, PipelineParts parts) => HuggingFaceJson.WriteFile(path, json =>
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, parts);
        json.WriteNull("normalizer");
        json.WriteStartObject("pre_tokenizer");
        WritePreTokenizer(json, ((Gpt2Splitter)parts.Splitters[0]).SplitsDigits);
        json.WriteEndObject();
        json.WriteNull("post_processor");
        json.WriteStartObject("decoder");
        WriteByteLevel(json, addPrefixSpace: true);
        json.WriteEndObject();
        WriteModel(json, (BpeModel)parts.Words, parts.AddedTokens);
    });

    private static void WriteAddedTokens(Utf8JsonWriter json, PipelineParts parts)
    {
        json.WriteStartArray("added_tokens");
        foreach (AddedToken token in parts.AddedTokens)
        {
            json.WriteStartObject();
            json.WriteNumber("id", token.Id);
            json.WriteString("content", token.Content);
            json.WriteBoolean("single_word", false);
            json.WriteBoolean("lstrip", false);
            json.WriteBoolean("rstrip", false);
            json.WriteBoolean("normalized", false);
            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePreTokenizer(Utf8JsonWriter json, bool splitDigits)
    {
        if (!splitDigits)
        {
            WriteByteLevel(json, addPrefixSpace: false);
            return;
        }

        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Digits");
        json.WriteBoolean("individual_digits", true);
        json.WriteEndObject();
        json.WriteStartObject();
        WriteByteLevel(json, addPrefixSpace: false);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteByteLevel(Utf8JsonWriter json, bool addPrefixSpace)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", addPrefixSpace);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", true);
    }

    private static void WriteModel(Utf8JsonWriter json, BpeModel model, IReadOnlyList<AddedToken> added)
    {
        Dictionary<int, string> specials = added.ToDictionary(t => t.Id, t => t.Content);
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteNull("continuing_subword_prefix");
        json.WriteNull("end_of_word_suffix");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteBoolean("ignore_merges", model.Options.IgnoreMerges);
        json.WriteStartObject("vocab");
        for (int id = 0; id < model.VocabularySize; id++)
        {
            if (model.Bytes(id) is { } bytes)
            {
                json.WriteNumber(ByteAlphabet.Spell(bytes), id);
            }
            else if (specials.TryGetValue(id, out string? content))
            {
                json.WriteNumber(content, id);
            }
        }

        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach ((TokenPair pair, int _) in model.Merges)
        {
            json.WriteStringValue($"{ByteAlphabet.Spell(model.Bytes(pair.Left))} {ByteAlphabet.Spell(model.Bytes(pair.Right))}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
