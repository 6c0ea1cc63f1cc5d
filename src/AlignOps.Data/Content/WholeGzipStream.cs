using System.IO.Compression;

namespace AlignOps.Data.Content;

/// <summary>
/// Unpacks gzip and fails where it is cut short. <see cref="GZipStream"/> ends quietly there (measured on .NET 10), which would make half an
/// upload a batch. So a gzip member of our own is put behind the source: it comes out at the end only if all before it was whole.
/// </summary>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    /// <summary>The packed member that must stand behind the source's last byte.</summary>
    public static readonly ReadOnlyMemory<byte> Seal;

    private static readonly byte[] SealText = "AlignOps: the end of whole content"u8.ToArray();

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    static WholeGzipStream()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(SealText);
        }

        Seal = packed.ToArray();
    }

    /// <param name="sealedSource">The packed bytes with <see cref="Seal"/> behind them.</param>
    public WholeGzipStream(Stream sealedSource) => _gzip = new GZipStream(sealedSource, CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The source is damaged, cut short, or followed by other bytes.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended && _end - _start <= SealText.Length)
        {
            await FillAsync(cancellationToken);
        }

        var ready = _end - _start - (_ended ? 0 : SealText.Length);
        var count = Math.Min(ready, buffer.Length);
        _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await _gzip.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        if (read > 0)
        {
            return;
        }

        _ended = true;
        if (!_buffer.AsSpan(0, _end).EndsWith(SealText))
        {
            throw new InvalidDataException("It is cut short or followed by other bytes.");
        }

        _end -= SealText.Length;
    }
}
