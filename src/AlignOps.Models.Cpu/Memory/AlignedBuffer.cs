namespace AlignOps.Models.Cpu.Memory;

/// <summary>Zeroed fp32 memory that never moves and starts on a cache line, with room behind it for kernels that read whole vectors.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int LineFloats = 16;

    private readonly float[] _array;
    private readonly int _offset;

    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - (LineFloats + Matrix.Lane));
        Length = (int)length;
        _array = GC.AllocateArray<float>(Length + LineFloats + Matrix.Lane, pinned: true);
        var start = (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _offset = (int)((-(nint)start / sizeof(float)) & (LineFloats - 1));
        Pointer = start + _offset;
    }

    private AlignedBuffer(AlignedBuffer whole, int length)
    {
        (_array, _offset, Length) = (whole._array, whole._offset, length);
        Pointer = whole.Pointer;
    }

    public int Length { get; }

    /// <summary>Valid while this object is reachable.</summary>
    public float* Pointer { get; }

    /// <summary>The beginning of this buffer, the same memory.</summary>
    public AlignedBuffer First(long length) => new(this, checked((int)length));

    public Memory<float> Memory => _array.AsMemory(_offset, Length);

    public Span<float> Span => _array.AsSpan(_offset, Length);
}
