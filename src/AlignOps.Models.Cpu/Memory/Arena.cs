namespace AlignOps.Models.Cpu.Memory;

/// <summary>
/// Memory handed out in order and taken back all at once; what it has grown to is kept, so a repeated pass allocates nothing.
/// One that <paramref name="measures"/> hands out addresses of nothing and only counts: how a layout says what it needs.
/// </summary>
internal sealed unsafe class Arena(bool measures = false)
{
    private const int SmallestChunk = 1 << 16;
    private const int LargestChunk = 1 << 28;

    private readonly List<AlignedBuffer> _chunks = [];
    private int _chunk;
    private long _used;
    private long _total;

    /// <summary>Floats handed out since the last reset.</summary>
    public long Rented { get; private set; }

    /// <summary>Floats held.</summary>
    public long Held => _total;

    /// <summary>Takes everything back. Chunks that fit into one are replaced by it, so nothing is lost between them in the next round.</summary>
    public void Reset()
    {
        if (_chunks.Count > 1 && Rented <= LargestChunk)
        {
            Hold(Rented);
        }

        (_chunk, _used, Rented) = (0, 0, 0);
    }

    /// <summary>Makes sure of that much in one round. To be called after <see cref="Reset"/>.</summary>
    public void Reserve(long length)
    {
        if (length > _total && length <= LargestChunk)
        {
            Hold(length);
        }
    }

    /// <summary>Floats of unknown content, aligned to a cache line.</summary>
    public float* Rent(long length)
    {
        length = (length + Matrix.Lane - 1) & -Matrix.Lane;
        Rented += length;
        if (measures)
        {
            return null;
        }

        while (_chunk < _chunks.Count && _used + length > _chunks[_chunk].Length)
        {
            _chunk++;
            _used = 0;
        }

        if (_chunk == _chunks.Count)
        {
            var chunk = new AlignedBuffer(Math.Max(length, Math.Clamp(_total, SmallestChunk, LargestChunk)));
            _chunks.Add(chunk);
            _total += chunk.Length;
        }

        float* start = _chunks[_chunk].Pointer + _used;
        _used += length;
        return start;
    }

    /// <summary>A matrix of unknown content whose rows are padded to whole panels.</summary>
    public Matrix Rent(int rows, int width)
    {
        int stride = Matrix.Padded(width);
        return new Matrix(Rent((long)rows * stride), rows, width, stride);
    }

    private void Hold(long length)
    {
        _chunks.Clear();
        _chunks.Add(new AlignedBuffer(length));
        _total = length;
    }
}
