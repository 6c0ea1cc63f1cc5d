namespace AlignOps.Examples.SupportAssistant;

internal static class Words
{
    /// <summary>Whether the phrase stands in the text as whole words: <c>5 GB</c> is not in <c>25 GB</c>, nor <c>$6</c> in <c>$64</c> or <c>$6.50</c>.</summary>
    public static bool Mentions(string text, string phrase)
    {
        for (var at = text.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = text.IndexOf(phrase, at + 1, StringComparison.Ordinal))
        {
            var end = at + phrase.Length;
            var startsWord = at == 0 || !Joins(text[at - 1]);
            var endsWord = end == text.Length || !(char.IsLetterOrDigit(text[end]) || (text[end] is '.' or '/' or '-' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])));
            if (startsWord && endsWord)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Joins(char before) => char.IsLetterOrDigit(before) || before is '.' or '/' or '-' or '$';
}
