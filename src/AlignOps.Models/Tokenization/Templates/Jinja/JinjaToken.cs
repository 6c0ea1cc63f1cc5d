namespace AlignOps.Models.Tokenization.Templates.Jinja;

internal enum JinjaTokenKind
{
    /// <summary>Text between tags, written as it is.</summary>
    Data,
    OutputBegin,
    OutputEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Text,
    Integer,
    Real,
    Operator,
    End,
}

/// <param name="Value">A name, an operator, a text without its quotes and escapes, or the digits of a number.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, string Value, int Line)
{
    public bool Is(string operatorOrName) => Kind is JinjaTokenKind.Operator or JinjaTokenKind.Name && Value == operatorOrName;

    public override string ToString() => Kind switch
    {
        JinjaTokenKind.End => "the end of the template",
        JinjaTokenKind.BlockEnd => "'%}'",
        JinjaTokenKind.OutputEnd => "'}}'",
        _ => $"'{Value}'",
    };
}
