using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>What stands behind a bar.</summary>
internal static class Filters
{
    private static readonly Dictionary<string, Func<object?, CallArguments, object?>> All = new(StringComparer.Ordinal)
    {
        ["trim"] = (value, a) => PythonStrings.Strip(PythonValues.Write(value), (a.Get(0, "chars") as TracedText)?.Value, start: true, end: true),
        ["tojson"] = ToJson,
        ["length"] = (value, _) => Length(value),
        ["count"] = (value, _) => Length(value),
        ["join"] = Join,
        ["default"] = Default,
        ["d"] = Default,
        ["upper"] = (value, _) => PythonValues.Write(value).Map(text => text.ToUpperInvariant()),
        ["lower"] = (value, _) => PythonValues.Write(value).Map(text => text.ToLowerInvariant()),
        ["title"] = (value, _) => PythonValues.Write(value).Map(PythonStrings.Title),
        ["capitalize"] = (value, _) => Capitalize(PythonValues.Write(value)),
        ["string"] = (value, _) => PythonValues.Write(value),
        ["safe"] = (value, _) => PythonValues.Write(value),
        ["replace"] = (value, a) => PythonStrings.Replace(PythonValues.Write(value), a.Text(0, "old").Value, a.Text(1, "new"), a.Integer(2, "count", -1)),
        ["first"] = (value, _) => PythonValues.Items(value) is [var first, ..] ? first : new JinjaUndefined("the first item"),
        ["last"] = (value, _) => PythonValues.Items(value) is [.., var last] ? last : new JinjaUndefined("the last item"),
        ["list"] = (value, _) => new JinjaList(PythonValues.Items(value)),
        ["reverse"] = (value, _) => Reverse(value),
        ["items"] = (value, _) => value switch { JinjaMap map => Methods.Pairs(map), JinjaUndefined => new JinjaList([]), _ => throw JinjaException.Error($"{PythonValues.TypeName(value)} has no items by name") },
        ["dictsort"] = (value, _) => value is JinjaMap map ? new JinjaList([.. Methods.Pairs(map).Items.Order(ByKey)]) : throw JinjaException.Error($"{PythonValues.TypeName(value)} is no dict"),
        ["sort"] = Sort,
        ["int"] = (value, a) => Numbers.ToInteger(value, a.Get(0, "default", 0L)),
        ["float"] = (value, a) => Numbers.ToReal(value, a.Get(0, "default", 0.0)),
        ["abs"] = (value, _) => value is double real ? Math.Abs(real) : (object)Math.Abs(PythonValues.ToLong(value)),
        ["round"] = Numbers.Round,
        ["sum"] = (value, _) => PythonValues.Items(value).Aggregate((object?)0L, (sum, item) => Operators.Apply("+", sum, item)),
        ["min"] = (value, _) => PythonValues.Items(value) is [_, ..] items ? items.Min(Order) : new JinjaUndefined("the least item"),
        ["max"] = (value, _) => PythonValues.Items(value) is [_, ..] items ? items.Max(Order) : new JinjaUndefined("the greatest item"),
        ["indent"] = Indent,
        ["map"] = Selection.Map,
        ["select"] = (value, a) => Selection.ByItem(value, a, wanted: true),
        ["reject"] = (value, a) => Selection.ByItem(value, a, wanted: false),
        ["selectattr"] = (value, a) => Selection.ByAttribute(value, a, wanted: true),
        ["rejectattr"] = (value, a) => Selection.ByAttribute(value, a, wanted: false),
    };

    private static readonly Comparer<object?> Order = Comparer<object?>.Create(PythonValues.Compare);

    /// <summary>Keys without regard to case, as Jinja sorts them.</summary>
    private static readonly Comparer<object?> ByKey = Comparer<object?>.Create((a, b) => string.CompareOrdinal(Key(a), Key(b)));

    public static bool Knows(string name) => All.ContainsKey(name);

    public static object? Apply(string name, object? value, CallArguments arguments) => All.TryGetValue(name, out Func<object?, CallArguments, object?>? filter)
        ? filter(value, arguments)
        : throw JinjaException.Error($"there is no filter '{name}' in the subset");

    public static TracedText Capitalize(TracedText text)
    {
        TracedText lower = text.Map(part => part.ToLowerInvariant());
        int first = lower.Length > 1 && char.IsHighSurrogate(lower.Value[0]) ? 2 : Math.Min(1, lower.Length);
        return TracedText.Concat(lower.Slice(0, first).Map(part => part.ToUpperInvariant()), lower.From(first));
    }

    private static object? Default(object? value, CallArguments arguments) =>
        value is JinjaUndefined || (PythonValues.IsTrue(arguments.Get(1, "boolean", false)) && !PythonValues.IsTrue(value))
            ? arguments.Get(0, "default_value", TracedText.Empty)
            : value;

    private static object ToJson(object? value, CallArguments arguments)
    {
        arguments.AllowOnly("tojson", 2, "ensure_ascii", "indent", "separators");
        if (PythonValues.IsTrue(arguments.Get(0, "ensure_ascii", false)))
        {
            throw JinjaException.Error("tojson with ensure_ascii is outside the subset");
        }

        int? indent = arguments.Has(1, "indent") && arguments.Get(1, "indent") is not null ? (int)Math.Clamp(arguments.Integer(1, "indent", 0), 0, 64) : null;
        IReadOnlyList<object?> separators = arguments.Get(2, "separators") is JinjaList list ? list.Items : [];
        return PythonJson.Write(value, indent, (separators.ElementAtOrDefault(0) as TracedText)?.Value, (separators.ElementAtOrDefault(1) as TracedText)?.Value);
    }

    private static object Length(object? value) => value switch
    {
        TracedText text => PythonStrings.Length(text),
        JinjaMap map => (long)map.Count,
        JinjaList or JinjaUndefined => (long)PythonValues.Items(value).Count,
        _ => throw JinjaException.Error($"{PythonValues.TypeName(value)} has no length"),
    };

    private static object Join(object? value, CallArguments arguments)
    {
        IReadOnlyList<object?> items = PythonValues.Items(value);
        string? attribute = (arguments.Get(1, "attribute") as TracedText)?.Value;
        return PythonStrings.Join(
            arguments.Get(0, "d", TracedText.Empty) is var separator ? PythonValues.Write(separator) : TracedText.Empty,
            attribute is null ? items : [.. items.Select(item => Selection.Attribute(item, attribute))]);
    }

    private static object Reverse(object? value) => value is TracedText text
        ? PythonStrings.Join(TracedText.Empty, [.. PythonStrings.Characters(text).Reverse()])
        : new JinjaList([.. PythonValues.Items(value).Reverse()]);

    private static object Sort(object? value, CallArguments arguments)
    {
        arguments.AllowOnly("sort", 2, "reverse", "case_sensitive", "attribute");
        string? attribute = (arguments.Get(2, "attribute") as TracedText)?.Value;
        bool sensitive = PythonValues.IsTrue(arguments.Get(1, "case_sensitive", false));
        object? By(object? item) => (attribute is null ? item : Selection.Attribute(item, attribute)) is TracedText text && !sensitive
            ? text.Map(part => part.ToLowerInvariant())
            : attribute is null ? item : Selection.Attribute(item, attribute);
        IReadOnlyList<object?> items = PythonValues.Items(value);
        return new JinjaList(PythonValues.IsTrue(arguments.Get(0, "reverse", false)) ? [.. items.OrderByDescending(By, Order)] : [.. items.OrderBy(By, Order)]);
    }

    private static object Indent(object? value, CallArguments arguments)
    {
        var space = TracedText.Of(arguments.Get(0, "width") is TracedText text ? text.Value : new string(' ', (int)Math.Clamp(arguments.Integer(0, "width", 4), 0, 64)));
        bool first = PythonValues.IsTrue(arguments.Get(1, "first", false));
        bool blank = PythonValues.IsTrue(arguments.Get(2, "blank", false));
        List<object?> lines = PythonStrings.Split(PythonValues.Write(value), "\n", -1);
        return PythonStrings.Join(TracedText.Of("\n"), [.. lines.Select((line, i) => (i == 0 && !first) || (i > 0 && !blank && ((TracedText)line!).Length == 0)
            ? line
            : TracedText.Concat(space, (TracedText)line!))]);
    }

    private static string Key(object? pair) => ((TracedText)((JinjaList)pair!).Items[0]!).Value.ToLowerInvariant();
}
