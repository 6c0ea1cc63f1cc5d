using System.Text;

namespace AlignOps.Rewards.Texts;

/// <summary>A text's words: runs of letters and digits in lower case and NFKC; a point or comma between digits belongs to the number.</summary>
internal static class WordList
{
    public static IReadOnlyList<string> Of(string text)
    {
        var normal = Normal(text);
        List<string> words = [];
        var word = new StringBuilder();
        for (var i = 0; i < normal.Length; i++)
        {
            if (char.IsLetterOrDigit(normal[i]) || (normal[i] is '.' or ',' && i > 0 && i + 1 < normal.Length && char.IsDigit(normal[i - 1]) && char.IsDigit(normal[i + 1])))
            {
                word.Append(normal[i]);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }

    /// <summary>A lone surrogate cannot be normalised; such a text stays as it is.</summary>
    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return text.ToLowerInvariant();
        }
    }
}
