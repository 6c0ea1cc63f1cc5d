using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>map, select, reject and their kin by attribute.</summary>
internal static class Selection
{
    public static object? Map(object? value, CallArguments arguments)
    {
        IReadOnlyList<object?> items = PythonValues.Items(value);
        if (arguments.Named.TryGetValue("attribute", out object? attribute))
        {
            bool hasDefault = arguments.Named.TryGetValue("default", out object? otherwise);
            return new JinjaList([.. items.Select(item => Attribute(item, PythonValues.Write(attribute).Value) is var found && found is JinjaUndefined && hasDefault ? otherwise : found)]);
        }

        string filter = arguments.Text(0, "filter").Value;
        var rest = new CallArguments([.. arguments.Positional.Skip(1)], arguments.Named);
        return new JinjaList([.. items.Select(item => Filters.Apply(filter, item, rest))]);
    }

    public static object? ByItem(object? value, CallArguments arguments, bool wanted) =>
        new JinjaList([.. PythonValues.Items(value).Where(item => Holds(item, arguments, 0) == wanted)]);

    public static object? ByAttribute(object? value, CallArguments arguments, bool wanted)
    {
        string attribute = arguments.Text(0, "attr").Value;
        return new JinjaList([.. PythonValues.Items(value).Where(item => Holds(Attribute(item, attribute), arguments, 1) == wanted)]);
    }

    /// <summary>A value's attribute, several joined by dots.</summary>
    public static object? Attribute(object? item, string path)
    {
        foreach (string name in path.Split('.'))
        {
            item = item switch
            {
                JinjaMap map => map.TryGet(name, out object? value) ? value : new JinjaUndefined(name),
                JinjaList list when long.TryParse(name, out long at) => Slices.Item(list.Items, at),
                _ => new JinjaUndefined(name),
            };
        }

        return item;
    }

    private static bool Holds(object? item, CallArguments arguments, int testPlace) => arguments.Positional.Count > testPlace
        ? Tests.Apply(arguments.Text(testPlace, "test").Value, item, new CallArguments([.. arguments.Positional.Skip(testPlace + 1)], arguments.Named))
        : PythonValues.IsTrue(item);
}
