namespace AlignOps.Data.Formats.Tables;

/// <summary>
/// Cells that a spreadsheet would run instead of show (OWASP, CSV injection). Written cells that begin like one get an apostrophe, which spreadsheets
/// hide and reading takes off; read cells that are one wait for a person.
/// </summary>
internal static class SpreadsheetText
{
    public static string Protect(string text) => Begins(text) ? "'" + text : text;

    public static string Unprotect(string text) => text is ['\'', ..] && Begins(text) ? text[1..] : text;

    /// <summary>A formula or a call, not merely a text that begins with a dash or an equals sign.</summary>
    public static bool IsFormula(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        if (trimmed.Length < 2 || trimmed[0] is not ('=' or '+' or '-' or '@'))
        {
            return false;
        }

        var rest = trimmed[1..].TrimStart("+-@");
        var name = rest.IndexOfAnyExceptInRange('A', 'z');
        var calls = name > 0 && rest[name] == '(';
        var exchanges = trimmed.Contains('|') && trimmed.Contains('!');
        return calls || exchanges || (trimmed[0] == '=' && rest.Length > 0 && (char.IsAsciiLetterOrDigit(rest[0]) || rest[0] is '(' or '"'));
    }

    private static bool Begins(string text)
    {
        var first = text.AsSpan().TrimStart('\'');
        return first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }
}
