namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>Goes through a template's tokens, and counts how deep a parser is inside.</summary>
internal sealed class TokenReader(List<JinjaToken> tokens, int mostDepth)
{
    private int _at;
    private int _depth;

    public JinjaToken Current => tokens[_at];

    public JinjaToken Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public int Line => Current.Line;

    public JinjaToken Take() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    public bool Accept(string operatorOrName)
    {
        if (!Current.Is(operatorOrName))
        {
            return false;
        }

        Take();
        return true;
    }

    public void Expect(string operatorOrName)
    {
        if (!Accept(operatorOrName))
        {
            throw Unexpected($"'{operatorOrName}'");
        }
    }

    public void Expect(JinjaTokenKind kind, string what)
    {
        if (Take() is var token && token.Kind != kind)
        {
            _at -= _at > 0 ? 1 : 0;
            throw new JinjaException(TokenizationFaults.Template, $"expected {what}, found {token}", token.Line);
        }
    }

    public string ExpectName()
    {
        string name = Current.Value;
        Expect(JinjaTokenKind.Name, "a name");
        return name;
    }

    public JinjaException Unexpected(string expected) => new(TokenizationFaults.Template, $"expected {expected}, found {Current}", Line);

    public T Deeper<T>(Func<T> parse)
    {
        if (++_depth > mostDepth)
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, $"blocks and brackets stand more than {mostDepth} deep", Line);
        }

        T result = parse();
        _depth--;
        return result;
    }
}
