using AlignOps.Models.Tokenization.Templates.Jinja.Library;
using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

/// <summary>-a or +a.</summary>
internal sealed class Signed(int line, bool negative, Expression operand) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => (operand.Value(run, scope), negative) switch
    {
        (double number, true) => -number,
        (double number, false) => number,
        (var number and (long or bool), true) => Operators.Apply("-", 0L, number),
        (var number and (long or bool), false) => PythonValues.ToLong(number),
        var (value, _) => throw JinjaException.Error($"{PythonValues.TypeName(value)} has no sign"),
    };
}

/// <summary>not a.</summary>
internal sealed class Not(int line, Expression operand) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => !PythonValues.IsTrue(operand.Value(run, scope));
}

/// <summary>a and b, a or b: the value that settles it.</summary>
internal sealed class Logical(int line, bool isAnd, Expression left, Expression right) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope)
    {
        object? first = left.Value(run, scope);
        return PythonValues.IsTrue(first) == isAnd ? right.Value(run, scope) : first;
    }
}

/// <summary>Arithmetic, and + of texts and lists.</summary>
internal sealed class Arithmetic(int line, string symbol, Expression left, Expression right) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => run.Charge(Operators.Apply(symbol, left.Value(run, scope), right.Value(run, scope)));
}

/// <summary>a ~ b ~ c: all as texts.</summary>
internal sealed class Concatenation(int line, IReadOnlyList<Expression> parts) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => run.Charge(PythonStrings.Join(TracedText.Empty, [.. parts.Select(p => p.Value(run, scope))]));
}

/// <summary>a &lt; b &lt;= c, a in b.</summary>
internal sealed class Comparison(int line, Expression first, IReadOnlyList<(string Symbol, Expression Operand)> rest) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope)
    {
        object? left = run.Charge(first.Value(run, scope));
        foreach ((string symbol, Expression operand) in rest)
        {
            object? right = operand.Value(run, scope);
            run.Charge(right);
            if (!Operators.Holds(symbol, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }
}

/// <summary>a if condition else b.</summary>
internal sealed class Conditional(int line, Expression condition, Expression then, Expression? otherwise) : Expression(line)
{
    protected override object? Evaluate(TemplateRun run, Scope scope) => PythonValues.IsTrue(condition.Value(run, scope))
        ? then.Value(run, scope)
        : otherwise is null ? new JinjaUndefined("the other case") : otherwise.Value(run, scope);
}
