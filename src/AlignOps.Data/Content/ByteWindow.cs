using AlignOps.Data.Checks;

namespace AlignOps.Data.Content;

/// <summary>A stretch of a stream held in memory, at most <c>capacity</c> bytes of it.</summary>
internal sealed class ByteWindow(Stream stream, int capacity)
{
    private byte[] _buffer = new byte[Math.Min(capacity, 64 * 1024)];
    private int _start;
    private int _end;

    /// <summary>The bytes read and not yet passed.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    /// <summary>The stream has no more bytes than <see cref="Unread"/> holds.</summary>
    public bool Ended { get; private set; }

    public bool Full => _end - _start == capacity;

    /// <summary>A window that holds a row of exactly the limit with its "\r\n".</summary>
    public static ByteWindow Over(Stream content, RowLimits limits) => new(content, limits.LineBytes + 2);

    /// <summary>Reads what the content begins with and passes a byte-order mark over.</summary>
    public async ValueTask PassByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        while (!Ended && !Full && Unread.Length < 3)
        {
            await FillAsync(cancellationToken);
        }

        if (Unread.Span.StartsWith("\uFEFF"u8))
        {
            Advance(3);
        }
    }

    /// <summary>The first line without passing it; where it is longer than <paramref name="most"/>, as much of it as was read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekLineAsync(int most, CancellationToken cancellationToken)
    {
        int end;
        while ((end = Unread.Span.IndexOf((byte)'\n')) < 0 && !Ended && !Full && Unread.Length <= most)
        {
            await FillAsync(cancellationToken);
        }

        return end < 0 ? Unread : Unread[..end];
    }

    public void Advance(int count) => _start += count;

    /// <summary>Reads more behind what is unread; not when <see cref="Full"/>.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(capacity, _buffer.Length * 2L));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        Ended = read == 0;
    }

    /// <summary>Drops what is unread but its first <paramref name="head"/> bytes, which stay in front of whatever is read next.</summary>
    public void KeepHead(int head) => _end = Math.Min(_end, _start + head);
}
