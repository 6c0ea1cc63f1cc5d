namespace AlignOps.Models.Cpu.Memory;

/// <summary>
/// A view of fp32 rows. <see cref="Stride"/> is the width rounded up to whole panels: the padding may be read and written by kernels and holds no meaning
/// beyond being finite where a row is reduced.
/// </summary>
internal readonly unsafe struct Matrix(float* data, int rows, int width, int stride)
{
    /// <summary>Columns of a panel: two 512-bit vectors.</summary>
    public const int Lane = 32;

    public float* Data { get; } = data;

    public int Rows { get; } = rows;

    public int Width { get; } = width;

    public bool IsEmpty => Data == null;

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; } = stride;

    public static int Padded(int width) => (width + Lane - 1) & -Lane;

    public float* Row(int row) => Data + ((nint)row * Stride);

    public Matrix Slice(int firstRow, int rows) => new(Row(firstRow), rows, Width, Stride);

    public Matrix Columns(int first, int width) => new(Data + first, Rows, width, Stride);
}
