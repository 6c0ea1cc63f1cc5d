using AlignOps.Models.Tokenization.Templates.Jinja.Library;
using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>target.name.</summary>
internal sealed class AttributeAccess(int line, Expression target, string name) : Expression(line)
{
    public string Attribute => name;

    protected override object? Evaluate(TemplateRun run, Scope scope) => run.Charge(target.Value(run, scope)) switch
    {
        JinjaUndefined undefined => throw JinjaException.Error($"'{undefined.Name}' is undefined, and .{name} is asked of it"),
        JinjaNamespace space => space.Values.TryGetValue(name, out object? value) ? value : new JinjaUndefined(name),
        JinjaLoop loop => loop.Get(name),
        var value when Methods.Find(value, name) is { } method => method,
        JinjaMap map => map.TryGet(name, out object? value) ? value : new JinjaUndefined(name),
        _ => new JinjaUndefined(name),
    };
}

/// <summary>target[key].</summary>
internal sealed class ItemAccess(int line, Expression target, Expression key) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope)
    {
        object? value = run.Charge(target.Value(run, scope));
        object? at = key.Value(run, scope);
        return (value, at) switch
        {
            (JinjaUndefined undefined, _) => throw JinjaException.Error($"'{undefined.Name}' is undefined, and an item is asked of it"),
            (JinjaMap map, TracedText name) => map.TryGet(name.Value, out object? found) ? found : Methods.Find(map, name.Value) ?? (object)new JinjaUndefined(name.Value),
            (JinjaNamespace space, TracedText name) => space.Values.TryGetValue(name.Value, out object? found) ? found : new JinjaUndefined(name.Value),
            (JinjaLoop loop, TracedText name) => loop.Get(name.Value),
            (JinjaList list, long or bool) => Slices.Item(list.Items, PythonValues.ToLong(at)),
            (TracedText text, long or bool) => PythonStrings.Item(text, PythonValues.ToLong(at)),
            (_, TracedText name) => Methods.Find(value, name.Value) ?? (object)new JinjaUndefined(name.Value),
            _ => new JinjaUndefined("item"),
        };
    }
}

/// <summary>target[start:stop:step].</summary>
internal sealed class SliceAccess(int line, Expression target, Expression? start, Expression? stop, Expression? step) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope)
    {
        object? value = run.Charge(target.Value(run, scope));
        long? from = Bound(start, run, scope);
        long? to = Bound(stop, run, scope);
        long? by = Bound(step, run, scope);
        return run.Charge<object?>(value switch
        {
            JinjaList list => list with { Items = Slices.Of(list.Items, from, to, by) },
            TracedText text => PythonStrings.Slice(text, from, to, by),
            _ => throw JinjaException.Error($"{PythonValues.TypeName(value)} cannot be sliced"),
        });
    }

    private static long? Bound(Expression? bound, TemplateRun run, Scope scope) => bound?.Value(run, scope) switch
    {
        null => null,
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => throw JinjaException.Error("a slice's bounds should be integers"),
    };
}
