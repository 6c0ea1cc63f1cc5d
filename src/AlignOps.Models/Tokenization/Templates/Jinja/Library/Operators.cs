using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>Python's operators between values.</summary>
internal static class Operators
{
    public static object? Apply(string symbol, object? left, object? right)
    {
        switch (left, right)
        {
            case (TracedText a, TracedText b) when symbol == "+":
                return TracedText.Concat(a, b);
            case (JinjaList a, JinjaList b) when symbol == "+" && a.IsTuple == b.IsTuple:
                return a with { Items = [.. a.Items, .. b.Items] };
            case (TracedText text, long count) when symbol == "*":
                return Repeat(text, count);
            case (JinjaUndefined undefined, _):
                throw JinjaException.Error($"'{undefined.Name}' is undefined, and '{symbol}' is asked of it");
            case (_, JinjaUndefined undefined):
                throw JinjaException.Error($"'{undefined.Name}' is undefined, and '{symbol}' is asked of it");
            default:
                break;
        }

        if (!PythonValues.IsNumber(left) || !PythonValues.IsNumber(right))
        {
            throw JinjaException.Error($"'{symbol}' does not join {PythonValues.TypeName(left)} and {PythonValues.TypeName(right)}");
        }

        try
        {
            return left is double || right is double || symbol == "/"
                ? Real(symbol, PythonValues.ToDouble(left), PythonValues.ToDouble(right))
                : Whole(symbol, PythonValues.ToLong(left), PythonValues.ToLong(right));
        }
        catch (Exception fault) when (fault is DivideByZeroException or OverflowException)
        {
            throw JinjaException.Error(fault is OverflowException ? $"the number that '{symbol}' makes is too large" : "division by zero");
        }
    }

    public static bool Holds(string symbol, object? left, object? right) => symbol switch
    {
        "==" => PythonValues.AreEqual(left, right),
        "!=" => !PythonValues.AreEqual(left, right),
        "<" => PythonValues.Compare(left, right) < 0,
        "<=" => PythonValues.Compare(left, right) <= 0,
        ">" => PythonValues.Compare(left, right) > 0,
        ">=" => PythonValues.Compare(left, right) >= 0,
        "in" => Contains(right, left),
        _ => !Contains(right, left),
    };

    public static bool Contains(object? whole, object? part) => (whole, part) switch
    {
        (TracedText text, TracedText piece) => text.Value.Contains(piece.Value, StringComparison.Ordinal),
        (JinjaMap map, TracedText key) => map.TryGet(key.Value, out _),
        (JinjaMap, _) or (JinjaUndefined, _) => false,
        (JinjaList list, _) => list.Items.Any(item => PythonValues.AreEqual(item, part)),
        _ => throw JinjaException.Error($"{PythonValues.TypeName(part)} cannot be looked for in {PythonValues.TypeName(whole)}"),
    };

    private static TracedText Repeat(TracedText text, long count)
    {
        var builder = new TracedText.Builder();
        for (long i = 0; i < count && text.Length > 0; i++)
        {
            builder.Append(text);
        }

        return builder.Build();
    }

    private static object Whole(string symbol, long left, long right) => checked(symbol switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "//" => right == -1 ? -left : (left / right) - (left % right != 0 && (left < 0) != (right < 0) ? 1 : 0),
        "%" => right == -1 ? 0L : left % right is var rest && rest != 0 && (rest < 0) != (right < 0) ? rest + right : left % right,
        _ => throw JinjaException.Error($"'{symbol}' is outside the subset"),
    });

    private static object Real(string symbol, double left, double right) => symbol switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" or "//" or "%" when right == 0 => throw new DivideByZeroException(),
        "/" => left / right,
        "//" => Math.Floor(left / right),
        "%" => left - (right * Math.Floor(left / right)),
        _ => throw JinjaException.Error($"'{symbol}' is outside the subset"),
    };
}
