namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>A body that stops half-way until it is told to go on.</summary>
internal sealed class HalfStream(byte[] content) : Stream
{
    private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read;

    /// <summary>Done once the first half was taken and the rest is asked for.</summary>
    public Task Paused => _paused.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public void Go() => _go.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var half = content.Length / 2;
        if (_read == half)
        {
            _paused.TrySetResult();
            await _go.Task.WaitAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, (_read < half ? half : content.Length) - _read);
        content.AsSpan(_read, count).CopyTo(buffer.Span);
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
