using System.Globalization;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>What Python makes of values: whether they are true, equal, in order, and how they are written.</summary>
internal static class PythonValues
{
    public static bool IsTrue(object? value) => value switch
    {
        null or JinjaUndefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        TracedText text => text.Length > 0,
        JinjaList list => list.Items.Count > 0,
        JinjaMap map => map.Count > 0,
        _ => true,
    };

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) or (JinjaUndefined, JinjaUndefined) => true,
        (TracedText a, TracedText b) => a.Value == b.Value,
        (JinjaList a, JinjaList b) => a.IsTuple == b.IsTuple && a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => AreEqual(p.First, p.Second)),
        (JinjaMap a, JinjaMap b) => a.Count == b.Count && a.Entries.All(e => b.TryGet(e.Key.Value, out object? other) && AreEqual(e.Value, other)),
        _ when IsNumber(left) && IsNumber(right) => left is double || right is double ? ToDouble(left) == ToDouble(right) : ToLong(left) == ToLong(right),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>Negative, zero or positive; an error where Python knows no order.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (TracedText a, TracedText b) => CompareCodePoints(a.Value, b.Value),
        (JinjaList a, JinjaList b) => CompareItems(a.Items, b.Items),
        _ when IsNumber(left) && IsNumber(right) => left is double || right is double ? ToDouble(left).CompareTo(ToDouble(right)) : ToLong(left).CompareTo(ToLong(right)),
        _ => throw JinjaException.Error($"{TypeName(left)} and {TypeName(right)} have no order"),
    };

    public static bool IsNumber(object? value) => value is long or double or bool;

    public static long ToLong(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        long number => number,
        _ => throw JinjaException.Error($"{TypeName(value)} is no whole number"),
    };

    public static double ToDouble(object? value) => value is double number ? number : ToLong(value);

    /// <summary>What a loop, a join or a list goes through.</summary>
    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        JinjaList list => list.Items,
        JinjaMap map => [.. map.Entries.Select(e => (object?)e.Key)],
        TracedText text => [.. PythonStrings.Characters(text)],
        JinjaUndefined => [],
        _ => throw JinjaException.Error($"{TypeName(value)} has no items to go through"),
    };

    public static string TypeName(object? value) => value switch
    {
        null => "none",
        bool => "a boolean",
        long or double => "a number",
        TracedText => "a text",
        JinjaList => "a list",
        JinjaMap => "a dict",
        JinjaUndefined undefined => $"{undefined.Name}, which is undefined,",
        _ => "this kind of value",
    };

    /// <summary>str(value).</summary>
    public static TracedText Write(object? value) => value switch
    {
        TracedText text => text,
        JinjaUndefined => TracedText.Empty,
        _ => Repr(value),
    };

    /// <summary>repr(value).</summary>
    public static TracedText Repr(object? value) => value switch
    {
        null => TracedText.Of("None"),
        bool flag => TracedText.Of(flag ? "True" : "False"),
        long number => TracedText.Of(number.ToString(CultureInfo.InvariantCulture)),
        double number => TracedText.Of(WriteReal(number)),
        TracedText text => PythonStrings.Quote(text),
        JinjaList { IsTuple: true, Items: [var only] } => TracedText.Concat(TracedText.Of("("), Repr(only), TracedText.Of(",)")),
        JinjaList list => Join(list.IsTuple ? "(" : "[", list.Items.Select(Repr), list.IsTuple ? ")" : "]"),
        JinjaMap map => Join("{", map.Entries.Select(e => TracedText.Concat(Repr(e.Key), TracedText.Of(": "), Repr(e.Value))), "}"),
        JinjaUndefined => TracedText.Of("Undefined"),
        _ => throw JinjaException.Error($"{TypeName(value)} cannot be written"),
    };

    public static string WriteReal(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
        return text.Contains('.') || text.Contains('e') || !double.IsFinite(number) ? text : text + ".0";
    }

    private static TracedText Join(string open, IEnumerable<TracedText> parts, string close)
    {
        var builder = new TracedText.Builder();
        builder.Append(open, TracedText.Template);
        bool first = true;
        foreach (TracedText part in parts)
        {
            builder.Append(first ? "" : ", ", TracedText.Template);
            builder.Append(part);
            first = false;
        }

        builder.Append(close, TracedText.Template);
        return builder.Build();
    }

    private static int CompareItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        for (int i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return Compare(left[i], right[i]);
            }
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <summary>Surrogates stand above every other character of the basic plane, as what they spell does.</summary>
    private static int CompareCodePoints(string left, string right)
    {
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                return (char.IsSurrogate(left[i]), left[i]).CompareTo((char.IsSurrogate(right[i]), right[i]));
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
