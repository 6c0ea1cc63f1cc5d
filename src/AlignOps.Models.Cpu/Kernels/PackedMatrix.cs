using System.Runtime.InteropServices;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// The right operand of a product, [depth, width], laid out in strips of 16 columns: strip, then depth, then column. Zero where nothing was packed.
/// </summary>
/// <param name="narrow">Of width rounded up to a strip; otherwise to whole panels, so that a product writes all of a row's padding.</param>
internal sealed unsafe class PackedMatrix(int depth, int width, bool narrow = false)
{
    /// <summary>Columns of a strip.</summary>
    public const int Strip = 16;

    private AlignedBuffer _strips = new((long)depth * Columns(width, narrow));
    private AlignedBuffer? _scales;

    /// <summary>How its numbers are kept. What is not <see cref="StripForm.Single"/> is never packed again.</summary>
    public StripForm Form { get; private set; }

    public int Depth { get; } = depth;

    public int Width { get; } = width;

    public int Strips { get; } = Columns(width, narrow) / Strip;

    /// <summary>Floats from a strip to the next.</summary>
    public nint Next => (nint)Depth * Strip;

    /// <summary>Bytes held.</summary>
    public long Bytes => sizeof(float) * ((long)_strips.Length + (_scales?.Length ?? 0));

    /// <summary>A strip in fp32.</summary>
    public float* this[int strip] => _strips.Pointer + (strip * Next);

    /// <summary>A strip from some depth on, in the form that it is kept in.</summary>
    public byte* Row(int strip, int depth) => (byte*)_strips.Pointer + (((strip * (nint)Depth) + depth) * Strip * Size(Form));

    /// <summary>What the columns of a strip of bytes are multiplied by, and those that follow.</summary>
    public float* Scales(int strip) => _scales!.Pointer + (strip * Strip);

    /// <summary>Takes scale·source[rows, columns] as it stands, at (<paramref name="atDepth"/>, <paramref name="atWidth"/>).</summary>
    public void Pack(float* source, int stride, int rows, int columns, int atDepth = 0, int atWidth = 0, float scale = 1)
    {
        for (int column = 0; column < columns;)
        {
            int lane = (atWidth + column) % Strip;
            int count = Math.Min(Strip - lane, columns - column);
            float* target = this[(atWidth + column) / Strip] + ((nint)atDepth * Strip) + lane;
            if (count == Strip)
            {
                Transposition.CopyStrip(source + column, stride, rows, target, scale);
            }
            else
            {
                Transposition.CopyPart(source + column, stride, rows, count, target, scale);
            }

            column += count;
        }
    }

    /// <summary>Takes the transpose of scale·source[rows, columns]: source's rows become columns from <paramref name="atWidth"/>, its columns depth from <paramref name="atDepth"/>.</summary>
    public void PackTransposed(float* source, int stride, int rows, int columns, int atDepth = 0, int atWidth = 0, float scale = 1)
    {
        for (int row = 0; row < rows;)
        {
            int lane = (atWidth + row) % Strip;
            int count = Math.Min(Strip - lane, rows - row);
            float* target = this[(atWidth + row) / Strip] + ((nint)atDepth * Strip) + lane;
            Transposition.Copy(source + ((nint)row * stride), stride, count, columns, target, Strip, scale);
            row += count;
        }
    }

    /// <summary>Goes over to bf16 where every number is one, which loses nothing; otherwise stays.</summary>
    public void Halve()
    {
        ReadOnlySpan<uint> numbers = MemoryMarshal.Cast<float, uint>(_strips.Span);
        if (!StripShrinking.AreHalves(numbers))
        {
            return;
        }

        var halves = new AlignedBuffer((_strips.Length + 1) / 2);
        StripShrinking.ToHalves(numbers, MemoryMarshal.Cast<float, uint>(halves.Span));
        (_strips, Form) = (halves, StripForm.Half);
    }

    /// <summary>Goes over to a signed byte a number and a scale a column, of which the column's greatest number is 127 times.</summary>
    public void Quantise()
    {
        var bytes = new AlignedBuffer((_strips.Length + 3) / 4);
        _scales = new AlignedBuffer(Strips * Strip);
        for (int strip = 0; strip < Strips; strip++)
        {
            int count = Depth * Strip;
            StripShrinking.ToBytes(
                _strips.Span.Slice(strip * count, count), _scales.Span.Slice(strip * Strip, Strip), MemoryMarshal.Cast<float, sbyte>(bytes.Span).Slice(strip * count, count));
        }

        (_strips, Form) = (bytes, StripForm.Byte);
    }

    private static int Size(StripForm form) => form switch { StripForm.Single => 4, StripForm.Half => 2, _ => 1 };

    /// <summary>Columns held for a width.</summary>
    public static int Columns(int width, bool narrow) => narrow ? (width + Strip - 1) & -Strip : Matrix.Padded(width);
}
