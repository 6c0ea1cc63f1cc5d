using System.Runtime.CompilerServices;
using AlignOps.Data.Checks;

namespace AlignOps.Data.Content;

/// <summary>
/// Splits a table into records: a line's end inside quotes belongs to its cell (RFC 4180). Blank lines are passed over. Holds one record at a time,
/// and of a record over the limit only its head.
/// </summary>
internal sealed class TableLines(ByteWindow window, RowLimits limits, byte separator)
{
    private readonly int _head = Math.Min(limits.SnippetBytes, limits.LineBytes / 2);
    private Place _place = Place.CellStart;
    private int _number = 1;

    private enum Place
    {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
    }

    public async IAsyncEnumerable<ContentLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!(window.Ended && window.Unread.IsEmpty))
        {
            var line = await NextAsync(cancellationToken);
            if (line.Fault != ContentLineFault.None || line.Bytes.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                yield return line;
            }
        }
    }

    private async Task<ContentLine> NextAsync(CancellationToken cancellationToken)
    {
        var (first, scanned, tooLong) = (_number, 0, false);
        _place = Place.CellStart;
        int end;
        while ((end = FindEnd(window.Unread.Span, scanned)) < 0 && !window.Ended)
        {
            scanned = window.Unread.Length;
            if (window.Full || tooLong)
            {
                tooLong = true;
                window.KeepHead(_head);
                scanned = Math.Min(scanned, _head);
            }

            await window.FillAsync(cancellationToken);
        }

        var open = end < 0 && _place == Place.Quoted;
        var bytes = end < 0 ? window.Unread : window.Unread[..end];
        window.Advance(end < 0 ? bytes.Length : end + 1);
        _number++;
        bytes = bytes.Span is [.., (byte)'\r'] ? bytes[..^1] : bytes;
        return tooLong || bytes.Length > limits.LineBytes ? new ContentLine(first, bytes[..Math.Min(bytes.Length, _head)], ContentLineFault.TooLong)
            : open ? new ContentLine(first, bytes, ContentLineFault.UnterminatedQuote)
            : new ContentLine(first, bytes);
    }

    /// <summary>The offset of the line's end that ends the record; negative when the bytes end before it.</summary>
    private int FindEnd(ReadOnlySpan<byte> bytes, int from)
    {
        for (var at = from; at < bytes.Length; at++)
        {
            var b = bytes[at];
            if (b == (byte)'\n' && _place != Place.Quoted)
            {
                return at;
            }

            _number += b == (byte)'\n' ? 1 : 0;
            _place = (_place, b) switch
            {
                (Place.CellStart or Place.QuoteInQuoted, (byte)'"') => Place.Quoted,
                (Place.Quoted, (byte)'"') => Place.QuoteInQuoted,
                (Place.Quoted, _) => Place.Quoted,
                _ when b == separator => Place.CellStart,
                _ => Place.Plain,
            };
        }

        return -1;
    }
}
