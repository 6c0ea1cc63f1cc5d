using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>{% set a = b %}.</summary>
internal sealed class Set(int line, Target target, Expression value) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        target.Assign(value.Value(run, scope), scope);
        return Flow.Next;
    }
}

/// <summary>{% set a %} … {% endset %}.</summary>
internal sealed class SetBlock(int line, Target target, IReadOnlyList<Statement> body) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        target.Assign(run.Capture(() => RunAll(body, run, new Scope(scope))), scope);
        return Flow.Next;
    }
}

/// <summary>{% macro name(a, b=c) %} … {% endmacro %}.</summary>
internal sealed class Macro(int line, string name, IReadOnlyList<(string Name, Expression? Default)> parameters, IReadOnlyList<Statement> body) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        scope.Set(name, new JinjaFunction(name, arguments => run.Capture(() => RunAll(body, run, Bind(arguments, run, scope)))));
        return Flow.Next;
    }

    private Scope Bind(CallArguments arguments, TemplateRun run, Scope scope)
    {
        arguments.AllowOnly($"the macro {name}", parameters.Count, [.. parameters.Select(p => p.Name)]);
        var inner = new Scope(scope);
        for (int i = 0; i < parameters.Count; i++)
        {
            (string parameter, Expression? otherwise) = parameters[i];
            inner.Set(parameter, arguments.Has(i, parameter) ? arguments.Get(i, parameter)
                : otherwise is null ? new JinjaUndefined(parameter)
                : otherwise.Value(run, inner));
        }

        return inner;
    }
}
