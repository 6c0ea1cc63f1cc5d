using AlignOps.Models.Tokenization.Templates.Jinja.Syntax;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>Reads a template's statements; those outside the subset are named with their line.</summary>
internal sealed class StatementParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private int _loops;

    private StatementParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens);
    }

    public static IReadOnlyList<Statement> Parse(string template, JinjaLimits limits)
    {
        if (template.Length > limits.TemplateLength)
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, $"the template has more than {limits.TemplateLength} characters", 1);
        }

        var parser = new StatementParser(new TokenReader(JinjaLexer.Read(template), limits.Depth));
        return parser.ParseBody([]);
    }

    /// <summary>Up to one of the tags that end it, of which the begin is consumed and the name stands next; or to the template's end.</summary>
    private List<Statement> ParseBody(string[] ends)
    {
        List<Statement> body = [];
        while (true)
        {
            JinjaToken token = _tokens.Take();
            switch (token.Kind)
            {
                case JinjaTokenKind.Data:
                    body.Add(new WrittenText(token.Line, TracedText.Of(token.Value)));
                    break;
                case JinjaTokenKind.OutputBegin:
                    body.Add(new Output(token.Line, _expressions.ParseTuple()));
                    _tokens.Expect(JinjaTokenKind.OutputEnd, "'}}'");
                    break;
                case JinjaTokenKind.BlockBegin when ends.Contains(_tokens.Current.Value):
                    return body;
                case JinjaTokenKind.BlockBegin:
                    body.Add(_tokens.Deeper(ParseStatement));
                    break;
                case JinjaTokenKind.End when ends.Length == 0:
                    return body;
                default:
                    throw new JinjaException(TokenizationFaults.Template, $"expected '{ends.FirstOrDefault() ?? "text"}', found {token}", token.Line);
            }
        }
    }

    private Statement ParseStatement()
    {
        int line = _tokens.Line;
        string tag = _tokens.ExpectName();
        switch (tag)
        {
            case "if":
                return ParseIf(line);
            case "for":
                return ParseFor(line);
            case "set":
                return ParseSet(line);
            case "macro":
                return ParseMacro(line);
            case "generation":
                return new GenerationBlock(line, OutsideLoops(() => ParseBlock("endgeneration")));
            case "break" or "continue" when _loops > 0:
                EndTag();
                return new LoopControl(line, tag == "break" ? Flow.Break : Flow.Continue);
            default:
                throw JinjaException.Unsupported($"the tag '{tag}'", line);
        }
    }

    private If ParseIf(int line)
    {
        List<(Expression, IReadOnlyList<Statement>)> branches = [];
        IReadOnlyList<Statement> otherwise = [];
        string tag = "if";
        while (tag != "endif")
        {
            Expression? condition = tag == "else" ? null : _expressions.ParseTuple();
            EndTag();
            List<Statement> body = ParseBody(condition is null ? ["endif"] : ["elif", "else", "endif"]);
            if (condition is null)
            {
                otherwise = body;
            }
            else
            {
                branches.Add((condition, body));
            }

            tag = _tokens.Take().Value;
        }

        EndTag();
        return new If(line, branches, otherwise);
    }

    private For ParseFor(int line)
    {
        Target target = ParseTarget(mayBeAttribute: false);
        _tokens.Expect("in");
        Expression items = _expressions.ParseWithoutCondition();
        Expression? condition = _tokens.Accept("if") ? _expressions.Parse() : null;
        if (_tokens.Current.Is("recursive"))
        {
            throw JinjaException.Unsupported("a recursive loop", line);
        }

        EndTag();
        _loops++;
        List<Statement> body = ParseBody(["else", "endfor"]);
        _loops--;
        IReadOnlyList<Statement> otherwise = [];
        if (_tokens.Take().Value == "else")
        {
            EndTag();
            otherwise = ParseBody(["endfor"]);
            _tokens.Take();
        }

        EndTag();
        return new For(line, target, items, condition, body, otherwise);
    }

    private Statement ParseSet(int line)
    {
        Target target = ParseTarget(mayBeAttribute: true);
        if (_tokens.Accept("="))
        {
            Expression value = _expressions.ParseTuple();
            EndTag();
            return new Set(line, target, value);
        }

        if (_tokens.Current.Is("|"))
        {
            throw JinjaException.Unsupported("a set block with a filter", line);
        }

        return new SetBlock(line, target, OutsideLoops(() => ParseBlock("endset")));
    }

    private Macro ParseMacro(int line)
    {
        string name = _tokens.ExpectName();
        List<(string, Expression?)> parameters = [];
        _tokens.Expect("(");
        while (!_tokens.Accept(")"))
        {
            string parameter = _tokens.ExpectName();
            parameters.Add((parameter, _tokens.Accept("=") ? _expressions.Parse() : null));
            if (!_tokens.Current.Is(")"))
            {
                _tokens.Expect(",");
            }
        }

        return new Macro(line, name, parameters, OutsideLoops(() => ParseBlock("endmacro")));
    }

    private Target ParseTarget(bool mayBeAttribute)
    {
        bool bracketed = _tokens.Accept("(");
        List<string> names = [_tokens.ExpectName()];
        if (mayBeAttribute && _tokens.Accept("."))
        {
            return new Target(names, _tokens.ExpectName());
        }

        while (_tokens.Accept(","))
        {
            names.Add(_tokens.ExpectName());
        }

        if (bracketed)
        {
            _tokens.Expect(")");
        }

        return new Target(names);
    }

    private List<Statement> ParseBlock(string end)
    {
        EndTag();
        List<Statement> body = ParseBody([end]);
        _tokens.Take();
        EndTag();
        return body;
    }

    /// <summary>A body of its own, from which no loop around it can be left.</summary>
    private List<Statement> OutsideLoops(Func<List<Statement>> parse)
    {
        int around = _loops;
        _loops = 0;
        List<Statement> body = parse();
        _loops = around;
        return body;
    }

    private void EndTag() => _tokens.Expect(JinjaTokenKind.BlockEnd, "'%}'");
}
