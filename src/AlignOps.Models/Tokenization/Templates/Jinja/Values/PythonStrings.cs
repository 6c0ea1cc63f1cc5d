using System.Text;
using AlignOps.Models.Tokenization.Templates.Jinja.Library;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>Python's operations on texts, each keeping who wrote what.</summary>
internal static class PythonStrings
{
    /// <summary>The most characters that a text may have to be taken apart one by one.</summary>
    private const int MostCharacters = 1 << 20;

    public static IEnumerable<TracedText> Characters(TracedText text)
    {
        if (text.Length > MostCharacters)
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, $"a text of more than {MostCharacters} characters is taken apart");
        }

        for (int at = 0; at < text.Length;)
        {
            int length = char.IsHighSurrogate(text.Value[at]) && at + 1 < text.Length ? 2 : 1;
            yield return text.Slice(at, length);
            at += length;
        }
    }

    /// <summary>In code points, as Python counts.</summary>
    public static long Length(TracedText text) => HasPairs(text) ? text.Value.EnumerateRunes().LongCount() : text.Length;

    /// <summary>text[at].</summary>
    public static object? Item(TracedText text, long at) => HasPairs(text)
        ? Slices.Item([.. Characters(text)], at)
        : (at < 0 ? at + text.Length : at) is var place && place >= 0 && place < text.Length ? text.Slice((int)place, 1) : new JinjaUndefined($"character {at}");

    /// <summary>text[start:stop:step].</summary>
    public static TracedText Slice(TracedText text, long? start, long? stop, long? step)
    {
        if (HasPairs(text) || step is not (null or 1))
        {
            return Join(TracedText.Empty, Slices.Of([.. Characters(text)], start, stop, step));
        }

        long from = Math.Clamp(start is < 0 ? start.Value + text.Length : start ?? 0, 0, text.Length);
        long to = Math.Clamp(stop is < 0 ? stop.Value + text.Length : stop ?? text.Length, from, text.Length);
        return text.Slice((int)from, (int)(to - from));
    }

    /// <param name="characters">What to take from the ends; null: white space.</param>
    public static TracedText Strip(TracedText text, string? characters, bool start, bool end)
    {
        bool Goes(char c) => characters?.Contains(c) ?? PythonText.IsSpace(c);
        int from = 0;
        while (start && from < text.Length && Goes(text.Value[from]))
        {
            from++;
        }

        int to = text.Length;
        while (end && to > from && Goes(text.Value[to - 1]))
        {
            to--;
        }

        return text.Slice(from, to - from);
    }

    /// <param name="separator">Null: runs of white space, and no empty parts.</param>
    /// <param name="most">The most cuts; negative: all.</param>
    public static List<object?> Split(TracedText text, string? separator, long most)
    {
        if (separator is { Length: 0 })
        {
            throw JinjaException.Error("a text cannot be split at nothing");
        }

        return separator is null ? SplitWords(text, most) : SplitAt(text, separator, most);
    }

    /// <summary>Cut from the end.</summary>
    public static List<object?> SplitFromEnd(TracedText text, string separator, long most)
    {
        List<object?> parts = [];
        int end = text.Length;
        while (most-- != 0 && end > 0 && text.Value.LastIndexOf(separator, end - 1, StringComparison.Ordinal) is var at and >= 0)
        {
            parts.Add(text.Slice(at + separator.Length, end - at - separator.Length));
            end = at;
        }

        parts.Add(text.Slice(0, end));
        parts.Reverse();
        return parts;
    }

    public static TracedText Replace(TracedText text, string old, TracedText by, long most)
    {
        if (old.Length == 0)
        {
            throw JinjaException.Error("replacing nothing is outside the subset");
        }

        return Join(by, [.. SplitAt(text, old, most)]);
    }

    public static TracedText Join(TracedText separator, IReadOnlyList<object?> parts)
    {
        var builder = new TracedText.Builder();
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                builder.Append(separator);
            }

            builder.Append(PythonValues.Write(parts[i]));
        }

        return builder.Build();
    }

    public static List<object?> Lines(TracedText text)
    {
        List<object?> lines = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text.Value[i] is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029')
            {
                lines.Add(text.Slice(start, i - start));
                i += text.Value[i] == '\r' && i + 1 < text.Length && text.Value[i + 1] == '\n' ? 1 : 0;
                start = i + 1;
            }
        }

        if (start < text.Length)
        {
            lines.Add(text.From(start));
        }

        return lines;
    }

    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        bool inWord = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append((inWord ? Rune.ToLowerInvariant(rune) : Rune.ToUpperInvariant(rune)).ToString());
            inWord = Rune.IsLetter(rune);
        }

        return result.ToString();
    }

    /// <summary>repr of a text.</summary>
    public static TracedText Quote(TracedText text)
    {
        string quote = text.Value.Contains('\'') && !text.Value.Contains('"') ? "\"" : "'";
        return TracedText.Concat(TracedText.Of(quote), text.Map(part => Escape(part, quote[0])), TracedText.Of(quote));
    }

    private static bool HasPairs(TracedText text) => text.Value.AsSpan().ContainsAnyInRange('\ud800', '\udfff');

    private static string Escape(string text, char quote)
    {
        var result = new StringBuilder();
        foreach (char c in text)
        {
            result.Append(c switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\\' => "\\\\",
                _ when c == quote => "\\" + c,
                < ' ' or (>= '\x7f' and <= '\xa0') or '\xad' => $"\\x{(int)c:x2}",
                _ => c.ToString(),
            });
        }

        return result.ToString();
    }

    private static List<object?> SplitAt(TracedText text, string separator, long most)
    {
        List<object?> parts = [];
        int start = 0;
        while (most-- != 0 && text.Value.IndexOf(separator, start, StringComparison.Ordinal) is var at and >= 0)
        {
            parts.Add(text.Slice(start, at - start));
            start = at + separator.Length;
        }

        parts.Add(text.From(start));
        return parts;
    }

    private static List<object?> SplitWords(TracedText text, long most)
    {
        List<object?> parts = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && PythonText.IsSpace(text.Value[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                return parts;
            }

            if (most-- == 0)
            {
                parts.Add(Strip(text.From(at), null, start: false, end: true));
                return parts;
            }

            int start = at;
            while (at < text.Length && !PythonText.IsSpace(text.Value[at]))
            {
                at++;
            }

            parts.Add(text.Slice(start, at - start));
        }
    }
}
