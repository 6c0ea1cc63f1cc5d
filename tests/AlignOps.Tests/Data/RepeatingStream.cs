using AlignOps.Data.Content;

namespace AlignOps.Tests.Data;

/// <summary>Many bytes 'x' and then an end, made as they are read.</summary>
internal sealed class RepeatingStream(long length, byte[] end) : ReadOnlyStream
{
    private long _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Make(buffer.Span));

    private int Make(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _position < length ? length - _position : length + end.Length - _position);
        if (_position < length)
        {
            buffer[..count].Fill((byte)'x');
        }
        else
        {
            end.AsSpan((int)(_position - length), count).CopyTo(buffer);
        }

        _position += count;
        return count;
    }
}
