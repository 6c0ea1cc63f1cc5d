using AlignOps.Models.Tokenization.Templates.Jinja.Library;
using AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>Reads expressions, by Jinja's own order of precedence.</summary>
internal sealed partial class ExpressionParser(TokenReader tokens)
{
    private static readonly string[] Comparators = ["==", "!=", "<", "<=", ">", ">="];

    public Expression Parse() => tokens.Deeper(ParseConditional);

    /// <summary>One expression, or several with commas between as a tuple.</summary>
    public Expression ParseTuple()
    {
        int line = tokens.Line;
        Expression first = Parse();
        if (!tokens.Current.Is(","))
        {
            return first;
        }

        List<Expression> items = [first];
        while (tokens.Accept(",") && BeginsExpression())
        {
            items.Add(Parse());
        }

        return new ListLiteral(line, items, isTuple: true);
    }

    /// <summary>Without an if behind it, which a loop takes for its own.</summary>
    public Expression ParseWithoutCondition() => tokens.Deeper(ParseOr);

    private Expression ParseConditional()
    {
        Expression value = ParseOr();
        while (tokens.Current is { Kind: JinjaTokenKind.Name, Value: "if" })
        {
            int line = tokens.Take().Line;
            Expression condition = ParseOr();
            Expression? otherwise = tokens.Accept("else") ? Parse() : null;
            value = new Conditional(line, condition, value, otherwise);
        }

        return value;
    }

    private Expression ParseOr()
    {
        Expression left = ParseAnd();
        while (tokens.Current.Is("or"))
        {
            int line = tokens.Take().Line;
            left = new Logical(line, isAnd: false, left, ParseAnd());
        }

        return left;
    }

    private Expression ParseAnd()
    {
        Expression left = ParseNot();
        while (tokens.Current.Is("and"))
        {
            int line = tokens.Take().Line;
            left = new Logical(line, isAnd: true, left, ParseNot());
        }

        return left;
    }

    private Expression ParseNot()
    {
        if (!tokens.Current.Is("not"))
        {
            return ParseComparison();
        }

        int line = tokens.Take().Line;
        return new Not(line, tokens.Deeper(ParseNot));
    }

    private Expression ParseComparison()
    {
        int line = tokens.Line;
        Expression first = ParseSum();
        List<(string, Expression)> rest = [];
        while (true)
        {
            if (tokens.Current.Kind == JinjaTokenKind.Operator && Comparators.Contains(tokens.Current.Value))
            {
                rest.Add((tokens.Take().Value, ParseSum()));
            }
            else if (tokens.Accept("in"))
            {
                rest.Add(("in", ParseSum()));
            }
            else if (tokens.Current.Is("not") && tokens.Next.Is("in"))
            {
                tokens.Take();
                tokens.Take();
                rest.Add(("not in", ParseSum()));
            }
            else
            {
                return rest.Count == 0 ? first : new Comparison(line, first, rest);
            }
        }
    }

    private Expression ParseSum() => ParseLeft(["+", "-"], ParseConcatenation);

    private Expression ParseConcatenation()
    {
        int line = tokens.Line;
        List<Expression> parts = [ParseProduct()];
        while (tokens.Accept("~"))
        {
            parts.Add(ParseProduct());
        }

        return parts is [var only] ? only : new Concatenation(line, parts);
    }

    private Expression ParseProduct() => ParseLeft(["*", "/", "//", "%"], ParseUnary);

    private Expression ParseLeft(string[] symbols, Func<Expression> operand)
    {
        Expression left = operand();
        while (tokens.Current.Kind == JinjaTokenKind.Operator && symbols.Contains(tokens.Current.Value))
        {
            JinjaToken symbol = tokens.Take();
            left = new Arithmetic(symbol.Line, symbol.Value, left, operand());
        }

        return tokens.Current.Kind == JinjaTokenKind.Operator && tokens.Current.Value == "**" ? throw JinjaException.Unsupported("'**'", tokens.Line) : left;
    }

    /// <summary>Filters and tests bind looser than a sign's operand, as in Jinja: -1|abs is 1.</summary>
    private Expression ParseUnary()
    {
        Expression value = ParseSigned();
        return ParseFilters(value);
    }

    private Expression ParseSigned()
    {
        if (tokens.Current.Kind == JinjaTokenKind.Operator && tokens.Current.Value is "-" or "+")
        {
            JinjaToken sign = tokens.Take();
            return new Signed(sign.Line, sign.Value == "-", tokens.Deeper(ParseSigned));
        }

        return ParsePostfix(ParsePrimary());
    }

    private Expression ParseFilters(Expression value)
    {
        while (true)
        {
            if (tokens.Current.Is("|"))
            {
                value = ParseFilter(value);
            }
            else if (tokens.Current is { Kind: JinjaTokenKind.Name, Value: "is" })
            {
                value = ParseTest(value);
            }
            else if (tokens.Current.Is("("))
            {
                value = new Call(tokens.Line, value, ParseArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private FilterCall ParseFilter(Expression value)
    {
        int line = tokens.Take().Line;
        string name = tokens.ExpectName();
        return Filters.Knows(name)
            ? new FilterCall(line, value, name, tokens.Current.Is("(") ? ParseArguments() : ArgumentList.None)
            : throw JinjaException.Unsupported($"the filter '{name}'", line);
    }

    private Expression ParseTest(Expression value)
    {
        int line = tokens.Take().Line;
        bool negated = tokens.Accept("not");
        string name = tokens.ExpectName();
        if (!Tests.Knows(name))
        {
            throw JinjaException.Unsupported($"the test '{name}'", line);
        }

        ArgumentList arguments = ArgumentList.None;
        if (tokens.Current.Is("("))
        {
            arguments = ParseArguments();
        }
        else if (BeginsExpression() && !(tokens.Current.Kind == JinjaTokenKind.Name && tokens.Current.Value is "else" or "or" or "and" or "if" or "is" or "in" or "not")
            && !tokens.Current.Is("-") && !tokens.Current.Is("+"))
        {
            arguments = new ArgumentList([ParsePostfix(ParsePrimary())], []);
        }

        Expression test = new TestCall(line, value, name, arguments);
        return negated ? new Not(line, test) : test;
    }

    private bool BeginsExpression() => tokens.Current.Kind is JinjaTokenKind.Name or JinjaTokenKind.Text or JinjaTokenKind.Integer or JinjaTokenKind.Real
        || (tokens.Current.Kind == JinjaTokenKind.Operator && tokens.Current.Value is "(" or "[" or "{" or "-" or "+");
}
