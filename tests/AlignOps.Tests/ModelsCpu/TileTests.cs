using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>Every tile of both widths against the plain chain of multiply-adds, which each must equal to the last bit. A machine without 512-bit registers runs the wide tiles in halves.</summary>
public sealed unsafe class TileTests
{
    private readonly Arena _arena = new();

    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int>();
            for (int rows = 1; rows <= 13; rows++)
            {
                shapes.Add(rows, 1 + (rows * 7 % 5), 1 + (rows % 10));
                shapes.Add(rows, 77, 8 + (rows % 3));
            }

            shapes.Add(31, 300, 5);
            shapes.Add(96, 40, 6);
            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Strips_BothWidthsAnyHeight_AreOneChainAnElement(int rows, int depth, int strips)
    {
        foreach (bool add in new[] { false, true })
        {
            foreach (bool transposed in new[] { false, true })
            {
                Matrix a = transposed ? Random(depth, rows, 1) : Random(rows, depth, 1), b = Random(depth, 16 * strips, 2);
                (nint rowStep, nint depthStep) = transposed ? (1, a.Stride) : (a.Stride, 1);
                Matrix expected = Random(rows, 16 * strips, 3), any = Random(rows, 16 * strips, 3), narrow = Random(rows, 16 * strips, 3), wide = Random(rows, 16 * strips, 3);
                int even = strips & -2;
                Plain(a, rowStep, depthStep, b, depth, expected, add);

                Tile.Strips(a.Data, rowStep, depthStep, rows, b.Data, 16, b.Stride, depth, any.Data, any.Stride, strips, add);
                Tile256.Strips(a.Data, rowStep, depthStep, rows, b.Data, 16, b.Stride, depth, narrow.Data, narrow.Stride, strips, add);
                Tile512.Strips(a.Data, rowStep, depthStep, rows, b.Data, 16, b.Stride, depth, wide.Data, wide.Stride, even, add);

                AssertSame(expected, any, 16 * strips);
                AssertSame(expected, narrow, 16 * strips);
                AssertSame(expected, wide, 16 * even);
            }
        }
    }

    /// <summary>Where a product divides its depth, or goes on with a second one, is not to be seen in the result.</summary>
    [Theory]
    [InlineData(3, 5000, 40)]
    [InlineData(13, 2048, 33)]
    [InlineData(26, 70, 200)]
    public void Multiply_DeepOrInTwoParts_IsOneChainAnElement(int rows, int depth, int width)
    {
        const int More = 20;
        Matrix a = Random(rows, depth + More, 1), b = Random(depth + More, width, 2), expected = Random(rows, width, 3), found = Random(rows, width, 3), whole = Random(rows, width, 3);
        PackedMatrix first = Packed(b.Slice(0, depth)), second = Packed(b.Slice(depth, More));
        Plain(a, a.Stride, 1, b, depth + More, expected, add: true);

        Gemm.Multiply(a.Columns(0, depth), first, a.Columns(depth, More), second, found, add: true);
        Gemm.Multiply(a, Packed(b), whole, add: true);

        AssertSame(expected, found, width);
        AssertSame(expected, whole, width);
    }

    private static PackedMatrix Packed(Matrix source)
    {
        var packed = new PackedMatrix(source.Rows, source.Width);
        packed.Pack(source.Data, source.Stride, source.Rows, source.Width);
        return packed;
    }

    private static void Plain(Matrix a, nint rowStep, nint depthStep, Matrix b, int depth, Matrix c, bool add)
    {
        for (int row = 0; row < c.Rows; row++)
        {
            for (int column = 0; column < c.Width; column++)
            {
                float chain = add ? c.Row(row)[column] : 0;
                for (int k = 0; k < depth; k++)
                {
                    chain = MathF.FusedMultiplyAdd(a.Data[(row * rowStep) + (k * depthStep)], b.Row(k)[column], chain);
                }

                c.Row(row)[column] = chain;
            }
        }
    }

    private Matrix Random(int rows, int width, long seed)
    {
        Matrix matrix = _arena.Rent(rows, width);
        var random = new RandomStream(seed);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < matrix.Stride; column++)
            {
                matrix.Row(row)[column] = (float)random.NextNormal();
            }
        }

        return matrix;
    }

    private static void AssertSame(Matrix expected, Matrix found, int width)
    {
        for (int row = 0; row < expected.Rows; row++)
        {
            Assert.Equal(new ReadOnlySpan<float>(expected.Row(row), width), new ReadOnlySpan<float>(found.Row(row), width));
        }
    }
}
