namespace AlignOps.Data.Content;

/// <summary>Gives bytes that were read ahead once more, then the rest of the source, then a tail; counts the source's bytes.</summary>
internal sealed class ReplayStream(ReadOnlyMemory<byte> ahead, Stream source, ReadOnlyMemory<byte> tail) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _ahead = ahead;
    private ReadOnlyMemory<byte> _tail = tail;

    public long Bytes { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Take(ref _ahead, buffer.Span);
        if (read == 0)
        {
            read = await source.ReadAsync(buffer, cancellationToken);
        }

        Bytes += read;
        return read == 0 ? Take(ref _tail, buffer.Span) : read;
    }

    private static int Take(ref ReadOnlyMemory<byte> from, Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, from.Length);
        from.Span[..count].CopyTo(buffer);
        from = from[count..];
        return count;
    }
}
