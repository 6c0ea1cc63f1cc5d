namespace AlignOps.Data.Content;

/// <summary>Pushed content as it is read: unpacked where it begins with gzip's magic bytes, and never more than its limits allow.</summary>
public sealed class ContentStream : ReadOnlyStream
{
    private readonly Stream _content;
    private readonly ReplayStream _source;
    private readonly ContentLimits _limits;
    private readonly bool _unpacks;

    private ContentStream(ReadOnlyMemory<byte> ahead, Stream source, ContentLimits limits)
    {
        _limits = limits;
        _unpacks = ahead.Span is [0x1f, 0x8b, ..];
        _source = new ReplayStream(ahead, source, _unpacks ? WholeGzipStream.Seal : default);
        _content = _unpacks ? new WholeGzipStream(_source) : _source;
    }

    /// <summary>Bytes given so far, after unpacking.</summary>
    public long Bytes { get; private set; }

    /// <summary>Looks at the first bytes and decides how the rest is read; the source stays the caller's.</summary>
    /// <exception cref="ContentException">The first bytes are an archive's, another packing's or another encoding's.</exception>
    public static async Task<ContentStream> OpenAsync(Stream source, ContentLimits limits, CancellationToken cancellationToken)
    {
        var magic = new byte[ContentSignatures.Length];
        var read = await source.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        ContentSignatures.Check(magic.AsSpan(0, read));
        return new ContentStream(magic.AsMemory(0, read), source, limits);
    }

    /// <exception cref="ContentException">The content is over a limit, or its gzip is damaged or cut short.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await _content.ReadAsync(buffer, cancellationToken);
            Bytes += read;
            CheckLimits();
            return read;
        }
        catch (InvalidDataException fault) when (_unpacks)
        {
            throw new ContentException(ContentException.CorruptGzip, $"The gzip content is damaged. {fault.Message}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _unpacks)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private void CheckLimits()
    {
        if (Bytes > _limits.Bytes)
        {
            throw new ContentException(ContentException.TooLarge, $"The content is larger than {_limits.Bytes >> 20} MiB; push it in parts.");
        }

        if (_unpacks && Bytes > _limits.RatioFreeBytes && Bytes > _source.Bytes * _limits.Ratio)
        {
            throw new ContentException(ContentException.ZipBomb, $"The gzip content unpacks to more than {_limits.Ratio} times its size.");
        }
    }
}
