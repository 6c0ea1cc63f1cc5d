using System.Runtime.CompilerServices;
using AlignOps.Data.Checks;

namespace AlignOps.Data.Content;

/// <summary>
/// Splits content into rows: JSONL by '\n' (a carriage return, a byte-order mark and blank lines are passed over), or a JSON array's elements
/// where the content begins with one. Holds one row at a time, and of a row over the limit only its head.
/// </summary>
internal sealed class ContentLines(ByteWindow window, RowLimits limits)
{
    private readonly ByteWindow _window = window;

    // What is kept of a row that is too long.
    private readonly int _head = Math.Min(limits.SnippetBytes, limits.LineBytes / 2);
    private int _number = 1;

    public ContentLines(Stream content, RowLimits limits)
        : this(ByteWindow.Over(content, limits), limits)
    {
    }

    public async IAsyncEnumerable<ContentLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await BeginsArrayAsync(cancellationToken))
        {
            await foreach (var element in ReadArrayAsync(cancellationToken))
            {
                yield return element;
            }
        }

        var scanned = 0;
        while (true)
        {
            var unread = _window.Unread;
            if (unread.Span[scanned..].IndexOf((byte)'\n') is var newline and >= 0)
            {
                var line = Line(unread[..(scanned + newline)]);
                _window.Advance(scanned + newline + 1);
                scanned = 0;
                if (!IsBlank(line.Bytes.Span))
                {
                    yield return line;
                }

                _number++;
                continue;
            }

            if (_window.Ended)
            {
                if (!IsBlank(unread.Span))
                {
                    yield return Line(unread);
                }

                yield break;
            }

            scanned = unread.Length;
            if (_window.Full)
            {
                scanned = 0;
                yield return await PassLongLineAsync(cancellationToken);
                _number++;
            }
            else
            {
                await _window.FillAsync(cancellationToken);
            }
        }
    }

    private async Task<bool> BeginsArrayAsync(CancellationToken cancellationToken)
    {
        await _window.PassByteOrderMarkAsync(cancellationToken);
        while (true)
        {
            switch (ArrayElement.OpensList(_window.Unread.Span))
            {
                case true:
                    Pass(_window.Unread.Span.IndexOf((byte)'[') + 1);
                    return true;
                case null when !_window.Ended && !_window.Full:
                    await _window.FillAsync(cancellationToken);
                    break;
                default:
                    return false;
            }
        }
    }

    private async IAsyncEnumerable<ContentLine> ReadArrayAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var gap = _window.Unread.Span.IndexOfAnyExcept(ArrayElement.Separators);
            Pass(gap < 0 ? _window.Unread.Length : gap);
            if (gap < 0)
            {
                if (_window.Ended)
                {
                    yield return new ContentLine(_number, ReadOnlyMemory<byte>.Empty, ContentLineFault.UnterminatedArray);
                    yield break;
                }

                await _window.FillAsync(cancellationToken);
            }
            else if (_window.Unread.Span[0] == (byte)']')
            {
                _window.Advance(1);
                yield break;
            }
            else
            {
                yield return await ReadElementAsync(cancellationToken);
            }
        }
    }

    private async Task<ContentLine> ReadElementAsync(CancellationToken cancellationToken)
    {
        var number = _number;
        var element = new ArrayElement();
        var tooLong = false;
        int end;
        while ((end = element.FindEnd(_window.Unread.Span)) < 0 && !_window.Ended)
        {
            if (_window.Full || tooLong)
            {
                tooLong = true;
                _number += _window.Unread.Span[_head..].Count((byte)'\n');
                _window.KeepHead(_head);
                element.Scanned = _head;
            }

            await _window.FillAsync(cancellationToken);
        }

        end = end < 0 ? _window.Unread.Length : end;
        var bytes = _window.Unread[..end];
        Pass(end);
        return tooLong || bytes.Length > limits.LineBytes
            ? new ContentLine(number, bytes[..Math.Min(bytes.Length, _head)], ContentLineFault.TooLong)
            : new ContentLine(number, bytes);
    }

    private async Task<ContentLine> PassLongLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _window.KeepHead(_head);
            await _window.FillAsync(cancellationToken);
            var unread = _window.Unread;
            var newline = unread.Span[_head..].IndexOf((byte)'\n');
            if (newline >= 0 || _window.Ended)
            {
                _window.Advance(newline < 0 ? unread.Length : _head + newline + 1);
                return new ContentLine(_number, unread[.._head], ContentLineFault.TooLong);
            }
        }
    }

    private ContentLine Line(ReadOnlyMemory<byte> bytes)
    {
        bytes = bytes.Span is [.., (byte)'\r'] ? bytes[..^1] : bytes;
        return bytes.Length > limits.LineBytes
            ? new ContentLine(_number, bytes[..Math.Min(bytes.Length, _head)], ContentLineFault.TooLong)
            : new ContentLine(_number, bytes);
    }

    private void Pass(int count)
    {
        _number += _window.Unread.Span[..count].Count((byte)'\n');
        _window.Advance(count);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
