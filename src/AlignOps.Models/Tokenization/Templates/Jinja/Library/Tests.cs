using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>What stands behind <c>is</c>.</summary>
internal static class Tests
{
    private static readonly Dictionary<string, Func<object?, CallArguments, bool>> All = new(StringComparer.Ordinal)
    {
        ["defined"] = (value, _) => value is not JinjaUndefined,
        ["undefined"] = (value, _) => value is JinjaUndefined,
        ["none"] = (value, _) => value is null,
        ["string"] = (value, _) => value is TracedText,
        ["mapping"] = (value, _) => value is JinjaMap,
        ["sequence"] = (value, _) => value is TracedText or JinjaList or JinjaMap or JinjaUndefined,
        ["iterable"] = (value, _) => value is TracedText or JinjaList or JinjaMap or JinjaUndefined,
        ["number"] = (value, _) => PythonValues.IsNumber(value),
        ["integer"] = (value, _) => value is long,
        ["float"] = (value, _) => value is double,
        ["boolean"] = (value, _) => value is bool,
        ["true"] = (value, _) => value is true,
        ["false"] = (value, _) => value is false,
        ["callable"] = (value, _) => value is JinjaFunction,
        ["odd"] = (value, _) => Remainder(value, 2) == 1,
        ["even"] = (value, _) => Remainder(value, 2) == 0,
        ["divisibleby"] = (value, arguments) => Remainder(value, arguments.Integer(0, "num", 1)) == 0,
        ["lower"] = (value, _) => PythonValues.Write(value).Value is var text && text.Any(char.IsLetter) && !text.Any(char.IsUpper),
        ["upper"] = (value, _) => PythonValues.Write(value).Value is var text && text.Any(char.IsLetter) && !text.Any(char.IsLower),
        ["in"] = (value, arguments) => Operators.Contains(arguments.Require(0, "seq"), value),
        ["sameas"] = (value, arguments) => arguments.Require(0, "other") is var other && (ReferenceEquals(value, other) || (value is bool or long && Equals(value, other))),
    };

    /// <summary>Comparisons by name.</summary>
    private static readonly Dictionary<string, string> Comparisons = new(StringComparer.Ordinal)
    {
        ["eq"] = "==", ["equalto"] = "==", ["=="] = "==", ["ne"] = "!=", ["!="] = "!=", ["lt"] = "<", ["lessthan"] = "<", ["<"] = "<", ["le"] = "<=", ["<="] = "<=",
        ["gt"] = ">", ["greaterthan"] = ">", [">"] = ">", ["ge"] = ">=", [">="] = ">=",
    };

    public static bool Knows(string name) => All.ContainsKey(name) || Comparisons.ContainsKey(name);

    public static bool Apply(string name, object? value, CallArguments arguments) => Comparisons.TryGetValue(name, out string? symbol)
        ? Operators.Holds(symbol, value, arguments.Require(0, "other"))
        : All.TryGetValue(name, out Func<object?, CallArguments, bool>? test)
            ? test(value, arguments)
            : throw JinjaException.Error($"there is no test '{name}' in the subset");

    private static long Remainder(object? value, long by) => PythonValues.IsNumber(value) && value is not double && by > 0
        ? ((PythonValues.ToLong(value) % by) + by) % by
        : throw JinjaException.Error($"{PythonValues.TypeName(value)} is no whole number");
}
