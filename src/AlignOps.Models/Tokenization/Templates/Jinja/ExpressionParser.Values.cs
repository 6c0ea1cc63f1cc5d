using System.Globalization;
using AlignOps.Models.Tokenization.Templates.Jinja.Library;
using AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <content>Literals, and what stands behind a value: attributes, items, arguments.</content>
internal sealed partial class ExpressionParser
{
    private static readonly string[] Constants = ["true", "True", "false", "False", "none", "None"];

    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            int line = tokens.Line;
            if (tokens.Accept("."))
            {
                value = tokens.Current.Kind == JinjaTokenKind.Integer
                    ? new ItemAccess(line, value, new Literal(line, long.Parse(tokens.Take().Value, CultureInfo.InvariantCulture)))
                    : new AttributeAccess(line, value, tokens.ExpectName());
            }
            else if (tokens.Current.Is("["))
            {
                value = ParseItem(value);
            }
            else if (tokens.Current.Is("("))
            {
                value = value is AttributeAccess { Attribute: var method } && !Methods.Knows(method)
                    ? throw JinjaException.Unsupported($"the method '.{method}()'", line)
                    : new Call(line, value, ParseArguments());
            }
            else
            {
                return value;
            }
        }
    }

    private Expression ParseItem(Expression target)
    {
        int line = tokens.Take().Line;
        Expression? start = tokens.Current.Is(":") ? null : ParseTuple();
        if (start is not null && tokens.Accept("]"))
        {
            return new ItemAccess(line, target, start);
        }

        tokens.Expect(":");
        Expression? stop = tokens.Current.Is(":") || tokens.Current.Is("]") ? null : Parse();
        Expression? step = tokens.Accept(":") && !tokens.Current.Is("]") ? Parse() : null;
        tokens.Expect("]");
        return new SliceAccess(line, target, start, stop, step);
    }

    private ArgumentList ParseArguments()
    {
        tokens.Expect("(");
        List<Expression> positional = [];
        List<(string, Expression)> named = [];
        while (!tokens.Accept(")"))
        {
            if (tokens.Current.Kind == JinjaTokenKind.Operator && tokens.Current.Value is "*" or "**")
            {
                throw JinjaException.Unsupported("unpacked arguments", tokens.Line);
            }

            if (tokens.Current.Kind == JinjaTokenKind.Name && tokens.Next is { Kind: JinjaTokenKind.Operator, Value: "=" })
            {
                string name = tokens.Take().Value;
                tokens.Take();
                named.Add(named.Exists(n => n.Item1 == name) ? throw new JinjaException(TokenizationFaults.Template, $"the argument {name} is given twice", tokens.Line) : (name, Parse()));
            }
            else
            {
                positional.Add(Parse());
            }

            if (!tokens.Current.Is(")"))
            {
                tokens.Expect(",");
            }
        }

        return new ArgumentList(positional, named);
    }

    private Expression ParsePrimary()
    {
        JinjaToken token = tokens.Take();
        switch (token.Kind)
        {
            case JinjaTokenKind.Text:
                string text = token.Value;
                while (tokens.Current.Kind == JinjaTokenKind.Text)
                {
                    text += tokens.Take().Value;
                }

                return new Literal(token.Line, TracedText.Of(text));
            case JinjaTokenKind.Integer:
                return long.TryParse(token.Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out long whole)
                    ? new Literal(token.Line, whole)
                    : throw JinjaException.Unsupported($"the number {token.Value}", token.Line);
            case JinjaTokenKind.Real:
                return new Literal(token.Line, double.Parse(token.Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
            case JinjaTokenKind.Name when Constants.Contains(token.Value):
                return new Literal(token.Line, token.Value[0] is 'n' or 'N' ? null : token.Value[0] is 't' or 'T');
            case JinjaTokenKind.Name:
                return new Name(token.Line, token.Value);
            case JinjaTokenKind.Operator when token.Value == "(":
                return ParseParenthesis(token.Line);
            case JinjaTokenKind.Operator when token.Value == "[":
                return new ListLiteral(token.Line, ParseUntil("]"), isTuple: false);
            case JinjaTokenKind.Operator when token.Value == "{":
                return ParseMap(token.Line);
            default:
                throw new JinjaException(TokenizationFaults.Template, $"expected a value, found {token}", token.Line);
        }
    }

    private Expression ParseParenthesis(int line)
    {
        if (tokens.Accept(")"))
        {
            return new ListLiteral(line, [], isTuple: true);
        }

        Expression value = ParseTuple();
        tokens.Expect(")");
        return value;
    }

    private List<Expression> ParseUntil(string close)
    {
        List<Expression> items = [];
        while (!tokens.Accept(close))
        {
            items.Add(Parse());
            if (!tokens.Current.Is(close))
            {
                tokens.Expect(",");
            }
        }

        return items;
    }

    private MapLiteral ParseMap(int line)
    {
        List<(Expression, Expression)> entries = [];
        while (!tokens.Accept("}"))
        {
            Expression key = Parse();
            tokens.Expect(":");
            entries.Add((key, Parse()));
            if (!tokens.Current.Is("}"))
            {
                tokens.Expect(",");
            }
        }

        return new MapLiteral(line, entries);
    }
}
