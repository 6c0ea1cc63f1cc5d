using System.Text;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>json.dumps as transformers' tojson calls it: nothing escaped beyond what JSON must escape.</summary>
internal static class PythonJson
{
    public static TracedText Write(object? value, int? indent, string? itemSeparator, string? keySeparator)
    {
        var builder = new TracedText.Builder();
        var style = new Style(indent, itemSeparator ?? (indent is null ? ", " : ","), keySeparator ?? ": ");
        Write(value, style, 1, builder);
        return builder.Build();
    }

    private static void Write(object? value, Style style, int depth, TracedText.Builder builder)
    {
        switch (value)
        {
            case null:
                builder.Append("null", TracedText.Template);
                return;
            case bool flag:
                builder.Append(flag ? "true" : "false", TracedText.Template);
                return;
            case long or double:
                builder.Append(PythonValues.Repr(value));
                return;
            case TracedText text:
                WriteText(text, builder);
                return;
            case JinjaList list:
                WriteAll("[", list.Items, item => Write(item, style, depth + 1, builder), "]", style, depth, builder);
                return;
            case JinjaMap map:
                WriteAll("{", [.. map.Entries], entry => WriteEntry(entry, style, depth, builder), "}", style, depth, builder);
                return;
            default:
                throw JinjaException.Error($"{PythonValues.TypeName(value)} cannot be written as JSON");
        }
    }

    private static void WriteEntry((TracedText Key, object? Value) entry, Style style, int depth, TracedText.Builder builder)
    {
        WriteText(entry.Key, builder);
        builder.Append(style.KeySeparator, TracedText.Template);
        Write(entry.Value, style, depth + 1, builder);
    }

    private static void WriteAll<T>(string open, IReadOnlyList<T> items, Action<T> write, string close, Style style, int depth, TracedText.Builder builder)
    {
        builder.Append(open, TracedText.Template);
        for (int i = 0; i < items.Count; i++)
        {
            builder.Append(i > 0 ? style.ItemSeparator : "", TracedText.Template);
            builder.Append(style.LineBreak(depth), TracedText.Template);
            write(items[i]);
        }

        builder.Append(items.Count > 0 ? style.LineBreak(depth - 1) : "", TracedText.Template);
        builder.Append(close, TracedText.Template);
    }

    private static void WriteText(TracedText text, TracedText.Builder builder)
    {
        builder.Append("\"", TracedText.Template);
        builder.Append(text.Map(Escape));
        builder.Append("\"", TracedText.Template);
    }

    private static string Escape(string text)
    {
        var result = new StringBuilder();
        foreach (char c in text)
        {
            result.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return result.ToString();
    }

    private sealed record Style(int? Indent, string ItemSeparator, string KeySeparator)
    {
        public string LineBreak(int depth) => Indent is { } width ? "\n" + new string(' ', width * depth) : "";
    }
}
