using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>A variable.</summary>
internal sealed class Name(int line, string identifier) : Expression(line)
{
    public string Identifier => identifier;

    protected override object? Evaluate(TemplateRun run, Scope scope) => scope.TryGet(identifier, out object? value) ? value : new JinjaUndefined(identifier);
}
