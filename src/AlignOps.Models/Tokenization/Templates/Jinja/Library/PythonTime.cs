using System.Globalization;
using System.Text;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>Python's strftime, in English whatever the machine speaks.</summary>
internal static class PythonTime
{
    private static readonly Dictionary<char, Func<DateTimeOffset, string>> Directives = new()
    {
        ['d'] = now => Format(now, "dd"),
        ['b'] = now => Format(now, "MMM"),
        ['B'] = now => Format(now, "MMMM"),
        ['Y'] = now => Format(now, "yyyy"),
        ['y'] = now => Format(now, "yy"),
        ['m'] = now => Format(now, "MM"),
        ['A'] = now => Format(now, "dddd"),
        ['a'] = now => Format(now, "ddd"),
        ['H'] = now => Format(now, "HH"),
        ['I'] = now => Format(now, "hh"),
        ['M'] = now => Format(now, "mm"),
        ['S'] = now => Format(now, "ss"),
        ['p'] = now => Format(now, "tt"),
        ['f'] = now => Format(now, "ffffff"),
        ['F'] = now => Format(now, "yyyy-MM-dd"),
        ['T'] = now => Format(now, "HH:mm:ss"),
        ['j'] = now => now.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        ['w'] = now => ((int)now.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        ['e'] = now => now.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        ['%'] = _ => "%",
    };

    public static string Write(DateTimeOffset now, string format)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            bool unpadded = i + 2 < format.Length && format[i + 1] == '-';
            i += unpadded ? 2 : 1;
            if (i >= format.Length || !Directives.TryGetValue(format[i], out Func<DateTimeOffset, string>? write))
            {
                throw JinjaException.Error($"strftime_now's format '{format}' is outside the subset");
            }

            string part = write(now);
            text.Append(unpadded && part.TrimStart('0', ' ') is { Length: > 0 } trimmed ? trimmed : unpadded ? "0" : part);
        }

        return text.ToString();
    }

    private static string Format(DateTimeOffset now, string format) => now.ToString(format, CultureInfo.InvariantCulture);
}
