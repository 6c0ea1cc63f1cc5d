using System.IO.Compression;

namespace AlignOps.Data.Content;

/// <summary>
/// Pushed content as it is read: unpacked where it begins with gzip's magic bytes, and never more than its limits allow. Read only, forward only.
/// </summary>
public sealed class ContentStream : Stream
{
    private readonly Stream _content;
    private readonly ReplayStream _packed;
    private readonly ContentLimits _limits;
    private readonly bool _unpacks;
    private long _bytes;

    private ContentStream(ReplayStream packed, bool unpacks, ContentLimits limits)
    {
        _packed = packed;
        _limits = limits;
        _unpacks = unpacks;
        _content = unpacks ? new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true) : packed;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    /// <summary>Looks at the first bytes and decides how the rest is read; the source stays the caller's.</summary>
    public static async Task<ContentStream> OpenAsync(Stream source, ContentLimits limits, CancellationToken cancellationToken)
    {
        var magic = new byte[2];
        var read = await source.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        return new ContentStream(new ReplayStream(magic.AsMemory(0, read), source), unpacks: read == 2 && magic is [0x1f, 0x8b], limits);
    }

    /// <exception cref="ContentException">The content is over a limit or its gzip is damaged.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await _content.ReadAsync(buffer, cancellationToken));
        }
        catch (InvalidDataException fault) when (_unpacks)
        {
            throw Damaged(fault);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(_content.Read(buffer));
        }
        catch (InvalidDataException fault) when (_unpacks)
        {
            throw Damaged(fault);
        }
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

    protected override void Dispose(bool disposing)
    {
        if (disposing && _unpacks)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ContentException Damaged(InvalidDataException fault) =>
        new(ContentException.CorruptGzip, $"The gzip content is damaged or cut short: {fault.Message}");

    private int Count(int read)
    {
        _bytes += read;
        if (_bytes > _limits.Bytes)
        {
            throw new ContentException(ContentException.TooLarge, $"The content is larger than {_limits.Bytes >> 20} MiB; push it in parts.");
        }

        if (_unpacks && _bytes > _limits.RatioFreeBytes && _bytes > _packed.Bytes * _limits.Ratio)
        {
            throw new ContentException(ContentException.ZipBomb, $"The gzip content unpacks to more than {_limits.Ratio} times its size.");
        }

        return read;
    }
}
