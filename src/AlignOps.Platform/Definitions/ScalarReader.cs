using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AlignOps.Platform.Definitions;

/// <summary>Reads one YAML value by the core schema: <c>true</c> and <c>false</c>, decimal numbers, everything else text.</summary>
internal static class ScalarReader
{
    /// <summary>Reads a value; the sentence is what is wrong with it, null when nothing is.</summary>
    public static (object? Value, string? Sentence) Read(YamlScalarNode scalar, Type type)
    {
        var text = scalar.Value ?? "";
        var quoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        if (type == typeof(string))
        {
            return (text, null);
        }

        if (type.IsEnum)
        {
            return ReadEnum(text, type);
        }

        if (quoted)
        {
            return (null, $"is the text \"{text}\" but must be {Expected(type)}; leave the quotes out");
        }

        object? value = type switch
        {
            _ when type == typeof(bool) => text is "true" or "false" ? text == "true" : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var read) ? read : null,
            _ when type == typeof(double) => ReadDouble(text),
            _ when type == typeof(float) => ReadDouble(text) is { } read && float.IsFinite((float)read) ? (float)read : null,
            _ when type == typeof(decimal) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) ? read : null,
            _ => throw new InvalidOperationException($"A section has a property of type {type}, which pipeline.yaml cannot hold."),
        };
        return value is null ? (null, $"is {(text.Length == 0 ? "empty" : $"'{text}'")} but must be {Expected(type)}") : (value, null);
    }

    public static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static double? ReadDouble(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) && double.IsFinite(read) && text.Any(char.IsAsciiDigit) ? read : null;

    private static (object? Value, string? Sentence) ReadEnum(string text, Type type)
    {
        var names = Enum.GetNames(type);
        var match = names.FirstOrDefault(name => KeyNames.Plain(name) == KeyNames.Plain(text));
        if (match is not null)
        {
            return (Enum.Parse(type, match), null);
        }

        var known = names.Select(KeyNames.For).ToArray();
        var hint = KeyNames.Nearest(text, known) is { } nearest ? $"; did you mean {nearest}?" : "";
        return (null, $"is '{text}' but must be one of {string.Join(", ", known)}{hint}");
    }

    private static string Expected(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ => "a number",
    };
}
