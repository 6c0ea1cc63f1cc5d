using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>The methods of texts, dicts and lists that templates may call. None changes anything.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, Func<TracedText, CallArguments, object?>> OfTexts = new(StringComparer.Ordinal)
    {
        ["strip"] = (text, a) => PythonStrings.Strip(text, Characters(a), start: true, end: true),
        ["lstrip"] = (text, a) => PythonStrings.Strip(text, Characters(a), start: true, end: false),
        ["rstrip"] = (text, a) => PythonStrings.Strip(text, Characters(a), start: false, end: true),
        ["split"] = (text, a) => new JinjaList(PythonStrings.Split(text, (a.Get(0, "sep") as TracedText)?.Value, a.Integer(1, "maxsplit", -1))),
        ["rsplit"] = (text, a) => new JinjaList(PythonStrings.SplitFromEnd(text, a.Text(0, "sep").Value is { Length: > 0 } by ? by : throw JinjaException.Error("a text cannot be split at nothing"), a.Integer(1, "maxsplit", -1))),
        ["splitlines"] = (text, a) => new JinjaList(PythonStrings.Lines(text)),
        ["startswith"] = (text, a) => Any(a, part => text.Value.StartsWith(part, StringComparison.Ordinal)),
        ["endswith"] = (text, a) => Any(a, part => text.Value.EndsWith(part, StringComparison.Ordinal)),
        ["removeprefix"] = (text, a) => a.Text(0, "prefix").Value is var part && text.Value.StartsWith(part, StringComparison.Ordinal) ? text.From(part.Length) : text,
        ["removesuffix"] = (text, a) => a.Text(0, "suffix").Value is var part && text.Value.EndsWith(part, StringComparison.Ordinal) ? text.Slice(0, text.Length - part.Length) : text,
        ["replace"] = (text, a) => PythonStrings.Replace(text, a.Text(0, "old").Value, a.Text(1, "new"), a.Integer(2, "count", -1)),
        ["upper"] = (text, _) => text.Map(part => part.ToUpperInvariant()),
        ["lower"] = (text, _) => text.Map(part => part.ToLowerInvariant()),
        ["title"] = (text, _) => text.Map(PythonStrings.Title),
        ["capitalize"] = (text, _) => Filters.Capitalize(text),
        ["find"] = (text, a) => (long)text.Value.IndexOf(a.Text(0, "sub").Value, StringComparison.Ordinal),
        ["rfind"] = (text, a) => (long)text.Value.LastIndexOf(a.Text(0, "sub").Value, StringComparison.Ordinal),
        ["count"] = (text, a) => a.Text(0, "sub") is { Length: > 0 } part ? PythonStrings.Split(text, part.Value, -1).Count - 1L : text.Length + 1L,
        ["join"] = (text, a) => PythonStrings.Join(text, PythonValues.Items(a.Require(0, "iterable"))),
        ["isdigit"] = (text, _) => text.Length > 0 && text.Value.All(char.IsDigit),
        ["isspace"] = (text, _) => text.Length > 0 && text.Value.All(PythonText.IsSpace),
        ["isalpha"] = (text, _) => text.Length > 0 && text.Value.All(char.IsLetter),
    };

    private static readonly Dictionary<string, Func<JinjaMap, CallArguments, object?>> OfMaps = new(StringComparer.Ordinal)
    {
        ["items"] = (map, _) => Pairs(map),
        ["keys"] = (map, _) => new JinjaList([.. map.Entries.Select(e => (object?)e.Key)]),
        ["values"] = (map, _) => new JinjaList([.. map.Entries.Select(e => e.Value)]),
        ["get"] = (map, a) => a.Require(0, "key") is TracedText key && map.TryGet(key.Value, out object? value) ? value : a.Get(1, "default"),
    };

    private static readonly Dictionary<string, Func<JinjaList, CallArguments, object?>> OfLists = new(StringComparer.Ordinal)
    {
        ["index"] = (list, a) => list.Items.ToList().FindIndex(item => PythonValues.AreEqual(item, a.Require(0, "value"))) is var at and >= 0 ? (long)at : throw JinjaException.Error("the item is not in the list"),
        ["count"] = (list, a) => list.Items.LongCount(item => PythonValues.AreEqual(item, a.Require(0, "value"))),
    };

    /// <summary>Whether anything that a template can hold has a method of that name.</summary>
    public static bool Knows(string name) => OfTexts.ContainsKey(name) || OfMaps.ContainsKey(name) || OfLists.ContainsKey(name) || name is "cycle" or "changed";

    public static JinjaFunction? Find(object? target, string name) => target switch
    {
        TracedText text when OfTexts.TryGetValue(name, out var method) => new JinjaFunction(name, a => method(text, a)),
        JinjaMap map when OfMaps.TryGetValue(name, out var method) => new JinjaFunction(name, a => method(map, a)),
        JinjaList list when OfLists.TryGetValue(name, out var method) => new JinjaFunction(name, a => method(list, a)),
        _ => null,
    };

    public static JinjaList Pairs(JinjaMap map) => new([.. map.Entries.Select(e => new JinjaList([e.Key, e.Value], IsTuple: true))]);

    private static string? Characters(CallArguments arguments) => arguments.Get(0, "chars") switch
    {
        null => null,
        TracedText text => text.Value,
        var other => throw JinjaException.Error($"{PythonValues.TypeName(other)} cannot be stripped"),
    };

    private static bool Any(CallArguments arguments, Func<string, bool> holds) => arguments.Require(0, "prefix") switch
    {
        TracedText text => holds(text.Value),
        JinjaList list => list.Items.Any(item => item is TracedText text && holds(text.Value)),
        var other => throw JinjaException.Error($"{PythonValues.TypeName(other)} is no beginning or end of a text"),
    };
}
