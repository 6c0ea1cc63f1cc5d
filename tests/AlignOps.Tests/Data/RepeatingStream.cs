using AlignOps.Data.Content;

namespace AlignOps.Tests.Data;

/// <summary>A beginning, many bytes 'x' and then an end, made as they are read.</summary>
internal sealed class RepeatingStream(long length, byte[] end, byte[]? beginning = null) : ReadOnlyStream
{
    private readonly byte[] _beginning = beginning ?? [];
    private long _position = -(beginning?.Length ?? 0);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Make(buffer.Span));

    private int Make(Span<byte> buffer)
    {
        if (_position < 0)
        {
            var opening = _beginning.AsSpan(_beginning.Length + (int)_position);
            opening = opening[..Math.Min(opening.Length, buffer.Length)];
            opening.CopyTo(buffer);
            _position += opening.Length;
            return opening.Length;
        }

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
