using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>What a loop or a set gives values to: names, taken apart where there are several, or one attribute of a namespace.</summary>
internal sealed record Target(IReadOnlyList<string> Names, string? Attribute = null)
{
    public void Assign(object? value, Scope scope)
    {
        if (Attribute is not null)
        {
            JinjaNamespace space = scope.TryGet(Names[0], out object? found) && found is JinjaNamespace there
                ? there
                : throw JinjaException.Error($"'{Names[0]}' is no namespace, and its .{Attribute} is set");
            space.Values[Attribute] = value;
            return;
        }

        if (Names is [var only])
        {
            scope.Set(only, value);
            return;
        }

        IReadOnlyList<object?> parts = PythonValues.Items(value);
        if (parts.Count != Names.Count)
        {
            throw JinjaException.Error($"{parts.Count} values for {Names.Count} names");
        }

        for (int i = 0; i < parts.Count; i++)
        {
            scope.Set(Names[i], parts[i]);
        }
    }
}
