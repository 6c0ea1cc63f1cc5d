using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Tokenization;

/// <summary>Reads a tokenizer.json of byte-level BPE; anything that would make other tokens than the reference library is refused by key.</summary>
internal static class TokenizerJsonReader
{
    private const int MaxTokens = 4_000_000;

    public static BpeModel Read(string path)
    {
        using JsonDocument document = JsonKeys.ParseFile(path);
        var keys = new JsonKeys(path, document.RootElement);
        if (keys.TryGet("normalizer", out _))
        {
            throw keys.Fault("normalizer", "null");
        }

        if (!keys.TryGet("decoder", out _) || keys.Object("decoder").String("type") != "ByteLevel")
        {
            throw keys.Fault("decoder", "of type ByteLevel");
        }

        bool splitDigits = ReadPreTokenizer(keys);
        JsonKeys model = keys.Object("model");
        CheckModel(model);
        Dictionary<string, int> vocabulary = ReadVocabulary(model);
        List<SpecialToken> specials = ReadAddedTokens(keys, vocabulary);
        return new BpeModel(
            Tokens(model, vocabulary, specials), ReadMerges(model, vocabulary, specials), specials, splitDigits, model.Flag("ignore_merges", false));
    }

    /// <summary>Whether digits are split; ByteLevel with GPT-2's pattern is the only other step known.</summary>
    private static bool ReadPreTokenizer(JsonKeys keys)
    {
        JsonKeys root = keys.Object("pre_tokenizer");
        JsonKeys[] steps = root.String("type") == "Sequence"
            ? [.. root.Array("pretokenizers").Select(e => new JsonKeys($"{root.File}: pretokenizers", e))]
            : [root];
        bool splitDigits = steps.Length == 2 && steps[0].String("type") == "Digits" && steps[0].Flag("individual_digits", false);
        JsonKeys last = steps is [] ? root : steps[^1];
        if (steps.Length != (splitDigits ? 2 : 1) || last.String("type") != "ByteLevel")
        {
            throw keys.Fault("pre_tokenizer", "ByteLevel, or a Sequence of Digits (individual) and ByteLevel");
        }

        if (last.Flag("add_prefix_space", true))
        {
            throw last.Fault("add_prefix_space", "false");
        }

        if (!last.Flag("use_regex", true))
        {
            throw last.Fault("use_regex", "true");
        }

        return splitDigits;
    }

    private static void CheckModel(JsonKeys model)
    {
        if (model.OptionalString("type") is not (null or "BPE"))
        {
            throw model.Fault("type", "\"BPE\"");
        }

        if (model.Flag("byte_fallback", false))
        {
            throw model.Fault("byte_fallback", "false");
        }

        foreach (string key in (string[])["dropout", "continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (model.TryGet(key, out JsonElement value) && value.ValueKind != JsonValueKind.String
                || model.OptionalString(key) is { Length: > 0 })
            {
                throw model.Fault(key, "null");
            }
        }
    }

    private static Dictionary<string, int> ReadVocabulary(JsonKeys model)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        HashSet<int> ids = [];
        JsonKeys entries = model.Object("vocab");
        foreach (JsonProperty entry in entries.Properties())
        {
            int id = entries.NonNegativeInt(entry.Name, entry.Value);
            if (id >= MaxTokens || !ids.Add(id))
            {
                throw entries.Fault(entry.Name, $"an id of its own below {MaxTokens}");
            }

            vocabulary.Add(entry.Name, id);
        }

        return vocabulary;
    }

    private static List<SpecialToken> ReadAddedTokens(JsonKeys keys, Dictionary<string, int> vocabulary)
    {
        Dictionary<int, string> taken = vocabulary.ToDictionary(v => v.Value, v => v.Key);
        List<SpecialToken> specials = [];
        foreach (JsonElement item in keys.Array("added_tokens"))
        {
            var token = new JsonKeys($"{keys.File}: added_tokens", item);
            string content = token.String("content");
            int id = token.NonNegativeInt("id", token.Get("id"));
            if (!token.Flag("special", false))
            {
                throw new ModelFormatException($"{keys.File}: added token {content}: only special tokens can be added to the vocabulary.");
            }

            foreach (string flag in (string[])["single_word", "lstrip", "rstrip"])
            {
                if (token.Flag(flag, false))
                {
                    throw new ModelFormatException($"{keys.File}: added token {content}: key {flag} should be false.");
                }
            }

            bool other = vocabulary.TryGetValue(content, out int inVocabulary) && inVocabulary != id;
            if (id >= MaxTokens || content.Length == 0 || other || (taken.TryGetValue(id, out string? holder) && holder != content)
                || specials.Exists(s => s.Id == id || s.Content == content))
            {
                throw new ModelFormatException($"{keys.File}: added token {content} with id {id} contradicts another token.");
            }

            specials.Add(new SpecialToken(id, content));
        }

        return [.. specials.OrderBy(s => s.Id)];
    }

    private static byte[]?[] Tokens(JsonKeys model, Dictionary<string, int> vocabulary, List<SpecialToken> specials)
    {
        int size = 1 + vocabulary.Values.Concat(specials.Select(s => s.Id)).DefaultIfEmpty(-1).Max();
        HashSet<int> special = [.. specials.Select(s => s.Id)];
        var tokens = new byte[]?[size];
        foreach ((string spelling, int id) in vocabulary)
        {
            if (!special.Contains(id))
            {
                tokens[id] = ByteAlphabet.TryParse(spelling) is { Length: > 0 } bytes
                    ? bytes
                    : throw new ModelFormatException($"{model.File}: token {spelling} ({id}) is not spelled in the byte-level alphabet.");
            }
        }

        return tokens;
    }

    private static List<(TokenPair Pair, int Result)> ReadMerges(JsonKeys model, Dictionary<string, int> vocabulary, List<SpecialToken> specials)
    {
        HashSet<int> special = [.. specials.Select(s => s.Id)];
        HashSet<TokenPair> seen = [];
        List<(TokenPair, int)> merges = [];
        foreach (JsonElement item in model.Array("merges"))
        {
            (string left, string right) = MergeParts(model, item);
            if (!vocabulary.TryGetValue(left, out int leftId) || !vocabulary.TryGetValue(right, out int rightId)
                || !vocabulary.TryGetValue(left + right, out int result) || special.Contains(result))
            {
                throw new ModelFormatException($"{model.File}: merge {left} {right}: both parts and their union must be ordinary tokens of the vocabulary.");
            }

            if (!seen.Add(new TokenPair(leftId, rightId)))
            {
                throw new ModelFormatException($"{model.File}: merge {left} {right} appears twice.");
            }

            merges.Add((new TokenPair(leftId, rightId), result));
        }

        return merges;
    }

    /// <summary>"a b" in files before version 0.20 of the library, ["a", "b"] since.</summary>
    private static (string Left, string Right) MergeParts(JsonKeys model, JsonElement item)
    {
        string[] parts = item.ValueKind switch
        {
            JsonValueKind.String => item.GetString()!.Split(' '),
            JsonValueKind.Array => [.. item.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : "")],
            _ => [],
        };
        return parts is [{ Length: > 0 } left, { Length: > 0 } right]
            ? (left, right)
            : throw new ModelFormatException($"{model.File}: key merges: {item.GetRawText()} is not a pair.");
    }
}
