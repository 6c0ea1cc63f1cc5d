using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>What Python means by white space and by a text's escapes.</summary>
internal static class PythonText
{
    /// <summary>str.isspace: Unicode's white space, and the four separators of ASCII.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';

    public static string TrimEnd(string text)
    {
        int end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    /// <summary>A literal's escapes; unknown ones stay as they are.</summary>
    public static string Unescape(string literal)
    {
        if (!literal.Contains('\\'))
        {
            return literal;
        }

        var text = new StringBuilder();
        for (int i = 0; i < literal.Length; i++)
        {
            if (literal[i] != '\\' || i + 1 == literal.Length)
            {
                text.Append(literal[i]);
                continue;
            }

            i++;
            int digits = literal[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0 && i + digits < literal.Length
                && uint.TryParse(literal.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code) && code <= 0x10FFFF)
            {
                text.Append(code > 0xFFFF ? char.ConvertFromUtf32((int)code) : ((char)code).ToString());
                i += digits;
            }
            else
            {
                text.Append(Simple(literal[i]));
            }
        }

        return text.ToString();
    }

    private static string Simple(char escape) => escape switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'v' => "\v",
        '0' => "\0",
        '\\' or '\'' or '"' => escape.ToString(),
        '\n' => "",
        _ => "\\" + escape,
    };
}
