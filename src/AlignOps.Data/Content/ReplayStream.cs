namespace AlignOps.Data.Content;

/// <summary>Gives bytes that were read ahead once more, then the rest of the source, and counts them.</summary>
internal sealed class ReplayStream(ReadOnlyMemory<byte> ahead, Stream source) : Stream
{
    private ReadOnlyMemory<byte> _ahead = ahead;

    public long Bytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Bytes; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Replay(buffer.Span);
        if (read == 0)
        {
            read = await source.ReadAsync(buffer, cancellationToken);
        }

        Bytes += read;
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = Replay(buffer);
        if (read == 0)
        {
            read = source.Read(buffer);
        }

        Bytes += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Replay(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _ahead.Length);
        _ahead.Span[..count].CopyTo(buffer);
        _ahead = _ahead[count..];
        return count;
    }
}
