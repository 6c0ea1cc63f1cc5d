using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>{% if %} with its elifs and its else.</summary>
internal sealed class If(int line, IReadOnlyList<(Expression Condition, IReadOnlyList<Statement> Body)> branches, IReadOnlyList<Statement> otherwise) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        foreach ((Expression condition, IReadOnlyList<Statement> body) in branches)
        {
            if (PythonValues.IsTrue(condition.Value(run, scope)))
            {
                return RunAll(body, run, scope);
            }
        }

        return RunAll(otherwise, run, scope);
    }
}

/// <summary>{% for %}, with an if that picks the items and an else for when there is none. Names set in a pass are gone with it.</summary>
internal sealed class For(int line, Target target, Expression items, Expression? condition, IReadOnlyList<Statement> body, IReadOnlyList<Statement> otherwise) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope)
    {
        IReadOnlyList<object?> all = PythonValues.Items(run.Charge(items.Value(run, scope)));
        IReadOnlyList<object?> picked = condition is null ? all : [.. all.Where(item => Picks(item, run, scope))];
        List<object?> seen = [];
        for (int i = 0; i < picked.Count; i++)
        {
            var pass = new Scope(scope);
            pass.Set("loop", new JinjaLoop(picked, i, seen));
            target.Assign(picked[i], pass);
            if (RunAll(body, run, pass) == Flow.Break)
            {
                break;
            }
        }

        return picked.Count == 0 ? RunAll(otherwise, run, scope) : Flow.Next;
    }

    private bool Picks(object? item, TemplateRun run, Scope scope)
    {
        var trial = new Scope(scope);
        target.Assign(item, trial);
        return PythonValues.IsTrue(condition!.Value(run, trial));
    }
}

/// <summary>{% break %} and {% continue %}.</summary>
internal sealed class LoopControl(int line, Flow flow) : Statement(line)
{
    protected override Flow Execute(TemplateRun run, Scope scope) => flow;
}
