using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.Bpe;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>The vocabulary and the merges of tokenizer.json's model.</summary>
internal static class VocabularyReader
{
    internal const int MaxTokens = 4_000_000;

    public static Dictionary<string, int> Read(JsonKeys model)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        HashSet<int> ids = [];
        JsonKeys entries = model.Object("vocab");
        foreach (JsonProperty entry in entries.Properties())
        {
            int id = entries.NonNegativeInt(entry.Name, entry.Value);
            if (id >= MaxTokens || entry.Name.Length == 0 || !ids.Add(id))
            {
                throw entries.Fault(entry.Name, $"a named token with an id of its own below {MaxTokens}");
            }

            vocabulary.Add(entry.Name, id);
        }

        return vocabulary;
    }

    /// <summary>Each ordinary token's bytes by id.</summary>
    public static byte[]?[] Bytes(JsonKeys model, Dictionary<string, int> ordinary, int size)
    {
        var tokens = new byte[]?[size];
        foreach ((string spelling, int id) in ordinary)
        {
            tokens[id] = ByteAlphabet.TryParse(spelling)
                ?? throw new ModelFormatException($"{model.File}: token {spelling} ({id}) is not spelled in the byte-level alphabet.");
        }

        return tokens;
    }

    /// <summary>
    /// The merges in order of rank. Those that would make a special token of plain text, as some converted files have, are left out:
    /// what people wrote must not become one.
    /// </summary>
    public static List<(TokenPair Pair, int Result)> ReadMerges(JsonKeys model, Dictionary<string, int> vocabulary, HashSet<int> special)
    {
        HashSet<TokenPair> seen = [];
        List<(TokenPair, int)> merges = [];
        foreach (JsonElement item in model.Array("merges"))
        {
            (string left, string right) = MergeParts(model, item);
            if (!vocabulary.TryGetValue(left, out int leftId) || !vocabulary.TryGetValue(right, out int rightId)
                || !vocabulary.TryGetValue(left + right, out int result))
            {
                throw new ModelFormatException($"{model.File}: merge {left} {right}: both parts and their union must be ordinary tokens of the vocabulary.");
            }

            if (!seen.Add(new TokenPair(leftId, rightId)))
            {
                throw new ModelFormatException($"{model.File}: merge {left} {right} appears twice.");
            }

            if (!special.Contains(leftId) && !special.Contains(rightId) && !special.Contains(result))
            {
                merges.Add((new TokenPair(leftId, rightId), result));
            }
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
