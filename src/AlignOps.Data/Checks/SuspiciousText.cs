using System.Buffers;
using AlignOps.Data.Formats;

namespace AlignOps.Data.Checks;

/// <summary>
/// Text that would act instead of being read: a chat template's markers inside an answer, and control characters anywhere.
/// A sound answer never holds them, so the row waits for a person.
/// </summary>
internal static class SuspiciousText
{
    private static readonly string[] MarkerTexts =
    [
        "\n\nHuman:", "\n\nAssistant:", "\r\n\r\nHuman:", "\r\n\r\nAssistant:", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "<start_of_turn>", "<end_of_turn>", "<\uFF5C",
    ];

    private static readonly SearchValues<string> Markers = SearchValues.Create(MarkerTexts, StringComparison.Ordinal);

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))));

    public static RowFault? Find(RowContent row)
    {
        foreach (var (name, text) in row.Texts())
        {
            if (text.AsSpan().IndexOfAny(Controls) is var at and >= 0)
            {
                return RowFault.Quarantined(RowReasons.ControlCharacter, $"{name} holds the control character U+{(int)text[at]:X4} at position {at + 1}.");
            }
        }

        foreach (var (name, text) in row.AnswerTexts())
        {
            if (FindMarker(text) is { } marker)
            {
                return RowFault.Quarantined(RowReasons.RoleMarker, $"{name} holds the role marker \"{Visible(marker)}\", which a chat template would read as a turn.");
            }
        }

        return null;
    }

    private static string? FindMarker(string text)
    {
        if (text.AsSpan().IndexOfAny(Markers) is var at and >= 0)
        {
            return MarkerTexts.First(marker => text.AsSpan(at).StartsWith(marker, StringComparison.Ordinal));
        }

        for (var open = text.IndexOf("<|", StringComparison.Ordinal); open >= 0; open = text.IndexOf("<|", open + 2, StringComparison.Ordinal))
        {
            var name = text.AsSpan(open + 2);
            var length = name.IndexOfAnyExcept(SpecialTokenCharacters);
            if (length > 0 && name[length..].StartsWith("|>", StringComparison.Ordinal))
            {
                return text.Substring(open, length + 4);
            }
        }

        return null;
    }

    private static readonly SearchValues<char> SpecialTokenCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    private static string Visible(string marker) => marker.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
