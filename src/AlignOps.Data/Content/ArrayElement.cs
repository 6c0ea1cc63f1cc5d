using System.Buffers;

namespace AlignOps.Data.Content;

/// <summary>Finds where one element of a JSON array ends, across as many looks at a growing stretch of bytes as it takes.</summary>
internal sealed class ArrayElement
{
    /// <summary>What may stand between elements.</summary>
    public static readonly SearchValues<byte> Separators = SearchValues.Create(" \t\r\n,"u8);

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <summary>Bytes already looked at.</summary>
    public int Scanned { get; set; }

    /// <summary>Whether content opens a list of objects: '[' and then '{' or ']'. Null: too few bytes to tell.</summary>
    public static bool? OpensList(ReadOnlySpan<byte> content)
    {
        var open = content.IndexOfAnyExcept(Blanks);
        if (open < 0)
        {
            return null;
        }

        if (content[open] != (byte)'[')
        {
            return false;
        }

        var next = content[(open + 1)..].IndexOfAnyExcept(Blanks);
        return next < 0 ? null : content[open + 1 + next] is (byte)'{' or (byte)']';
    }

    /// <summary>The offset of the ',' or ']' behind the element that begins at 0; negative when the bytes end before it.</summary>
    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        for (; Scanned < bytes.Length; Scanned++)
        {
            var b = bytes[Scanned];
            if (_inText)
            {
                _inText = _escaped || b != (byte)'"';
                _escaped = !_escaped && b == (byte)'\\';
            }
            else if (_depth == 0 && (b is (byte)',' or (byte)']'))
            {
                return Scanned;
            }
            else if (b == (byte)'"')
            {
                _inText = true;
            }
            else if (b is (byte)'{' or (byte)'[')
            {
                _depth++;
            }
            else if (b is (byte)'}' or (byte)']')
            {
                _depth = Math.Max(0, _depth - 1);
            }
        }

        return -1;
    }
}
