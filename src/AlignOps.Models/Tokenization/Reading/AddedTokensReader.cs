using System.Text.Json;
using AlignOps.Models.Json;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization.AddedTokens;

namespace AlignOps.Models.Tokenization.Reading;

/// <summary>tokenizer.json's added_tokens, in the order of their ids.</summary>
internal static class AddedTokensReader
{
    public static List<AddedToken> Read(JsonKeys keys, Dictionary<string, int> vocabulary)
    {
        Dictionary<int, string> taken = vocabulary.ToDictionary(v => v.Value, v => v.Key);
        HashSet<string> contents = new(StringComparer.Ordinal);
        HashSet<int> ids = [];
        List<AddedToken> tokens = [];
        foreach (JsonElement item in keys.Array("added_tokens"))
        {
            var token = new JsonKeys($"{keys.File}: added_tokens", item);
            string content = token.String("content");
            int id = token.NonNegativeInt("id", token.Get("id"));
            bool other = vocabulary.TryGetValue(content, out int inVocabulary) && inVocabulary != id;
            if (id >= VocabularyReader.MaxTokens || content.Length == 0 || other || (taken.TryGetValue(id, out string? holder) && holder != content)
                || !contents.Add(content) || !ids.Add(id))
            {
                throw new ModelFormatException($"{keys.File}: added token {content} with id {id} contradicts another token.");
            }

            bool special = token.Flag("special", false);
            tokens.Add(new AddedToken(
                id, content, special, token.Flag("lstrip", false), token.Flag("rstrip", false), token.Flag("single_word", false), token.Flag("normalized", !special)));
        }

        return [.. tokens.OrderBy(t => t.Id)];
    }
}
