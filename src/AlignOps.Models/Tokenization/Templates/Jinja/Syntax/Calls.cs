using AlignOps.Models.Tokenization.Templates.Jinja.Library;
using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>The arguments of a call, a filter or a test, as written.</summary>
internal sealed record ArgumentList(IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named)
{
    public static ArgumentList None { get; } = new([], []);

    public CallArguments Evaluate(TemplateRun run, Scope scope) => Positional.Count + Named.Count == 0
        ? CallArguments.None
        : new CallArguments([.. Positional.Select(p => p.Value(run, scope))], Named.ToDictionary(n => n.Name, n => n.Value.Value(run, scope), StringComparer.Ordinal));
}

/// <summary>target(arguments).</summary>
internal sealed class Call(int line, Expression target, ArgumentList arguments) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope)
    {
        object? called = target.Value(run, scope);
        return called switch
        {
            JinjaFunction function => run.Charge(function.Call(arguments.Evaluate(run, scope))),
            JinjaUndefined undefined => throw JinjaException.Error($"'{undefined.Name}' is undefined, and it is called"),
            _ => throw JinjaException.Error($"{PythonValues.TypeName(called)} cannot be called"),
        };
    }
}

/// <summary>target|name(arguments).</summary>
internal sealed class FilterCall(int line, Expression target, string name, ArgumentList arguments) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope)
    {
        object? value = target.Value(run, scope);
        run.Charge(value);
        return run.Charge(Filters.Apply(name, value, arguments.Evaluate(run, scope)));
    }
}

/// <summary>target is name(arguments).</summary>
internal sealed class TestCall(int line, Expression target, string name, ArgumentList arguments) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => Tests.Apply(name, run.Charge(target.Value(run, scope)), arguments.Evaluate(run, scope));
}
