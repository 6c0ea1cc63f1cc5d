using System.Text.RegularExpressions;

namespace AlignOps.Models.Tokenization.Templates.Jinja;

/// <summary>
/// Cuts a template into tokens as Jinja does with trim_blocks and lstrip_blocks: the line break behind a block goes, and so does the indent before one;
/// a minus inside a tag takes all white space on its side, a plus keeps what would go. One trailing line break of the template goes too.
/// </summary>
internal sealed partial class JinjaLexer
{
    private readonly string _source;
    private readonly List<JinjaToken> _tokens = [];
    private int _at;
    private int _line = 1;

    /// <summary>Whether what came last ended with a line break, so that a block's indent begins here.</summary>
    private bool _lineStarting = true;

    private JinjaLexer(string source) => _source = source;

    public static List<JinjaToken> Read(string template)
    {
        string source = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new JinjaLexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_at < _source.Length)
        {
            int open = NextTag();
            ReadData(open);
            if (open >= _source.Length)
            {
                break;
            }

            char kind = _source[open + 1];
            Advance(open + 2);
            if (_at < _source.Length && _source[_at] is '-' or '+')
            {
                Advance(_at + 1);
            }

            switch (kind)
            {
                case '#':
                    SkipComment();
                    break;
                case '%' when RawBlock().Match(_source, _at) is { Success: true } raw:
                    ReadRaw(raw);
                    break;
                default:
                    ReadTag(kind == '{');
                    break;
            }
        }

        Add(JinjaTokenKind.End, "");
    }

    private int NextTag()
    {
        for (int i = _at; (i = _source.IndexOf('{', i)) >= 0 && i + 1 < _source.Length; i++)
        {
            if (_source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return _source.Length;
    }

    private void ReadData(int end)
    {
        string text = _source[_at..end];
        char sign = end + 2 < _source.Length ? _source[end + 2] : ' ';
        string kept = text;
        if (end < _source.Length && sign == '-')
        {
            kept = PythonText.TrimEnd(text);
        }
        else if (end < _source.Length && sign != '+' && _source[end + 1] != '{')
        {
            int lineStart = text.LastIndexOf('\n') + 1;
            if ((lineStart > 0 || _lineStarting) && text.AsSpan(lineStart).IsWhiteSpace())
            {
                kept = text[..lineStart];
            }
        }

        if (kept.Length > 0)
        {
            Add(JinjaTokenKind.Data, kept);
        }

        Advance(end);
    }

    private void SkipComment()
    {
        int close = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (close < 0)
        {
            throw new JinjaException(TokenizationFaults.Template, "a comment is not closed", _line);
        }

        Close(close + 2, _source[close - 1], isBlock: true);
    }

    private void ReadRaw(Match begin)
    {
        Advance(begin.Index + begin.Length);
        Match end = EndRaw().Match(_source, _at);
        if (!end.Success)
        {
            throw new JinjaException(TokenizationFaults.Template, "a raw block is not closed", _line);
        }

        string text = _source[_at..end.Index];
        text = end.Groups[1].Value == "-" ? PythonText.TrimEnd(text) : text;
        if (end.Groups[1].Value == "")
        {
            int lineStart = text.LastIndexOf('\n') + 1;
            text = lineStart > 0 && text.AsSpan(lineStart).IsWhiteSpace() ? text[..lineStart] : text;
        }

        if (text.Length > 0)
        {
            Add(JinjaTokenKind.Data, text);
        }

        Close(end.Index + end.Length, end.Groups[2].Value is [var sign] ? sign : ' ', isBlock: true);
    }

    private void ReadTag(bool isOutput)
    {
        Add(isOutput ? JinjaTokenKind.OutputBegin : JinjaTokenKind.BlockBegin, isOutput ? "{{" : "{%");
        string close = isOutput ? "}}" : "%}";
        var brackets = new Stack<char>();
        while (true)
        {
            SkipSpace();
            if (_at >= _source.Length)
            {
                throw new JinjaException(TokenizationFaults.Template, "a tag is not closed", _line);
            }

            int sign = _source[_at] is '-' || (_source[_at] == '+' && !isOutput) ? 1 : 0;
            if (brackets.Count == 0 && string.CompareOrdinal(_source, _at + sign, close, 0, 2) == 0)
            {
                Add(isOutput ? JinjaTokenKind.OutputEnd : JinjaTokenKind.BlockEnd, close);
                Close(_at + sign + 2, sign == 1 ? _source[_at] : ' ', !isOutput);
                return;
            }

            ReadToken(brackets);
        }
    }

    private void ReadToken(Stack<char> brackets)
    {
        Match match = Token().Match(_source, _at);
        if (!match.Success)
        {
            throw new JinjaException(TokenizationFaults.Template, $"unexpected character '{_source[_at]}'", _line);
        }

        string value = match.Value;
        if (match.Groups["operator"].Success)
        {
            Balance(value, brackets);
            Add(JinjaTokenKind.Operator, value);
        }
        else
        {
            JinjaTokenKind kind = match.Groups["real"].Success ? JinjaTokenKind.Real
                : match.Groups["integer"].Success ? JinjaTokenKind.Integer
                : match.Groups["name"].Success ? JinjaTokenKind.Name
                : JinjaTokenKind.Text;
            Add(kind, kind == JinjaTokenKind.Text ? PythonText.Unescape(value[1..^1]) : value);
        }

        Advance(match.Index + match.Length);
    }

    private void Balance(string value, Stack<char> brackets)
    {
        switch (value)
        {
            case "(" or "[" or "{":
                brackets.Push(value == "(" ? ')' : value == "[" ? ']' : '}');
                break;
            case ")" or "]" or "}" when !brackets.TryPop(out char expected) || expected != value[0]:
                throw new JinjaException(TokenizationFaults.Template, $"unexpected '{value}'", _line);
            default:
                break;
        }
    }

    /// <summary>Goes past a tag's end and the white space that goes with it.</summary>
    private void Close(int end, char sign, bool isBlock)
    {
        int to = end;
        if (sign == '-')
        {
            while (to < _source.Length && PythonText.IsSpace(_source[to]))
            {
                to++;
            }
        }
        else if (isBlock && sign != '+' && to < _source.Length && _source[to] == '\n')
        {
            to++;
        }

        Advance(to);
        _lineStarting = _source[to - 1] == '\n';
    }

    private void SkipSpace()
    {
        int to = _at;
        while (to < _source.Length && PythonText.IsSpace(_source[to]))
        {
            to++;
        }

        Advance(to);
    }

    private void Advance(int to)
    {
        _line += _source.AsSpan(_at, to - _at).Count('\n');
        _at = to;
    }

    private void Add(JinjaTokenKind kind, string value) => _tokens.Add(new JinjaToken(kind, value, _line));

    [GeneratedRegex(@"\G\s*raw\s*(?:-%\}\s*|%\}\n?)", RegexOptions.CultureInvariant)]
    private static partial Regex RawBlock();

    [GeneratedRegex(@"\{%([-+]?)\s*endraw\s*([-+]?)%\}", RegexOptions.CultureInvariant)]
    private static partial Regex EndRaw();

    [GeneratedRegex(
        """\G(?:(?<real>\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:[eE][+-]?\d+)?|[eE][+-]?\d+))|(?<integer>\d+(?:_\d+)*)|(?<name>[\p{L}_][\p{L}\p{N}\p{M}_]*)|'(?>(?:[^'\\]|\\.)*)'|"(?>(?:[^"\\]|\\.)*)"|(?<operator>//|\*\*|==|!=|>=|<=|[-+/*%~\[\](){}<>=.:|,]))""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Token();
}
