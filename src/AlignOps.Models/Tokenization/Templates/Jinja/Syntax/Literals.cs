using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>A text, a number, true, false or none.</summary>
internal sealed class Literal(int line, object? value) : Expression(line)
{
    public object? Constant => value;

    protected override object? Evaluate(TemplateRun run, Scope scope) => value;
}

/// <summary>[a, b] or (a, b).</summary>
internal sealed class ListLiteral(int line, IReadOnlyList<Expression> items, bool isTuple) : Expression(line)
{
    public IReadOnlyList<Expression> Parts => items;

    public bool IsTuple => isTuple;

    protected override object? Evaluate(TemplateRun run, Scope scope) => new JinjaList([.. items.Select(i => i.Value(run, scope))], isTuple);
}

/// <summary>{'a': b}.</summary>
internal sealed class MapLiteral(int line, IReadOnlyList<(Expression Key, Expression Value)> entries) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => new JinjaMap(
        [.. entries.Select(e => (
            e.Key.Value(run, scope) as TracedText ?? throw JinjaException.Unsupported("a dict key that is no text", Line),
            e.Value.Value(run, scope)))]);
}
