using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>Each kernel against its plain twin.</summary>
public sealed unsafe class KernelTests
{
    private readonly Arena _arena = new();

    public static TheoryData<int, int, int> ProductShapes => new()
    {
        { 1, 1, 1 }, { 3, 5, 7 }, { 12, 32, 32 }, { 13, 33, 31 }, { 29, 17, 65 }, { 96, 128, 344 }, { 4, 300, 40 }, { 47, 1, 96 },
    };

    [Theory]
    [MemberData(nameof(ProductShapes))]
    public void Multiply_OddShapes_EqualsPlainTwin(int rows, int depth, int width)
    {
        Matrix x = Random(rows, depth, 1), w = Random(width, depth, 2), y = Random(rows, width, 3);
        var packed = new PackedMatrix(depth, width);
        packed.PackTransposed(w.Data, w.Stride, width, depth, scale: 0.5f);
        float[,] before = Copy(y);

        Gemm.Multiply(x, packed, y, add: true);

        Check(y, (i, j) => before[i, j] + (0.5 * Dot(x.Row(i), 1, w.Row(j), 1, depth)), depth);
    }

    [Theory]
    [MemberData(nameof(ProductShapes))]
    public void Multiply_PackedAsItStands_EqualsPlainTwin(int rows, int depth, int width)
    {
        Matrix dy = Random(rows, depth, 1), w = Random(depth, width, 2), dx = Random(rows, width, 3);
        var packed = new PackedMatrix(depth, width);
        packed.Pack(w.Data, w.Stride, depth, width);

        Gemm.Multiply(dy, packed, dx);

        Check(dx, (i, j) => Dot(dy.Row(i), 1, w.Data + j, w.Stride, depth), depth);
    }

    [Theory]
    [InlineData(1, 3, 5)]
    [InlineData(700, 13, 33)]
    [InlineData(300, 70, 16)]
    [InlineData(257, 200, 130)]
    [InlineData(513, 64, 64)]
    public void WeightGradient_OddShapes_EqualsPlainTwin(int rows, int leftWidth, int rightWidth)
    {
        Matrix left = Random(rows, leftWidth, 1), right = Random(rows, rightWidth, 2), gradient = Random(leftWidth, rightWidth + 3, 3);
        float[,] before = Copy(gradient);

        WeightGradient.Add(left, right, gradient.Data, gradient.Stride, new Arena());

        Check(gradient, (i, j) => before[i, j] + (j < rightWidth ? Dot(left.Data + i, left.Stride, right.Data + j, right.Stride, rows) : 0), rows);
    }

    [Fact]
    public void Exp_NormalRange_IsWithinTwoUnitsOfTheLastPlace()
    {
        for (double x = -86; x <= 87; x += 0.0371)
        {
            float argument = (float)x;
            double expected = Math.Exp(argument);
            Assert.Equal(1, VectorMath.Exp(Vector512.Create(argument)).ToScalar() / expected, 2.5e-7);
        }

        Assert.Equal(0, VectorMath.Exp(Vector512.Create(float.NegativeInfinity)).ToScalar());
        Assert.Equal(1, VectorMath.Exp(Vector512<float>.Zero).ToScalar());
        Assert.Equal(float.NaN, VectorMath.Exp(Vector512.Create(float.NaN)).ToScalar());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(45)]
    public void LogSumExp_RowWithForeignTail_EqualsPlainTwin(int n)
    {
        Matrix z = Random(1, 64, n);
        double expected = Math.Log(Enumerable.Range(0, n).Sum(i => Math.Exp(z.Data[i])));
        for (int i = n; i < 64; i++)
        {
            z.Data[i] = float.NaN;
        }

        Assert.Equal(expected, RowSoftmax.LogSumExp(z.Data, n), 1e-6);
        float sum = RowSoftmax.Exponentiate(z.Data, n, 64, 0.3f, out _);
        Assert.Equal(1, Enumerable.Range(0, n).Sum(i => z.Data[i]) / sum, 1e-6);
        Assert.All(Enumerable.Range(n, 64 - n), i => Assert.Equal(0, z.Data[i]));
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(4, 4)]
    [InlineData(18, 21)]
    public void Transposition_OddShapes_EqualsPlainTwin(int rows, int columns)
    {
        Matrix source = Random(rows, columns, 1), target = Random(columns, rows, 2);
        Transposition.Copy(source.Data, source.Stride, rows, columns, target.Data, target.Stride, 2);
        Check(target, (i, j) => 2 * source.Row(j)[i], 1);
    }

    private Matrix Random(int rows, int width, long seed)
    {
        Matrix matrix = _arena.Rent(rows, width);
        var random = new RandomStream(seed);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column++)
            {
                matrix.Row(row)[column] = (float)random.NextNormal();
            }
        }

        return matrix;
    }

    private static double Dot(float* x, int xStep, float* y, int yStep, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += (double)x[i * xStep] * y[i * yStep];
        }

        return sum;
    }

    private static float[,] Copy(Matrix matrix)
    {
        var copy = new float[matrix.Rows, matrix.Width];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Width; j++)
            {
                copy[i, j] = matrix.Row(i)[j];
            }
        }

        return copy;
    }

    private static void Check(Matrix found, Func<int, int, double> expected, int depth)
    {
        for (int i = 0; i < found.Rows; i++)
        {
            for (int j = 0; j < found.Width; j++)
            {
                double should = expected(i, j);
                Assert.True(Math.Abs(should - found.Row(i)[j]) < 8e-6 * Math.Sqrt(depth), $"[{i}, {j}] is {found.Row(i)[j]} and should be {should}");
            }
        }
    }

    private static void AssertSame(Matrix a, Matrix b) => Assert.Equal(Copy(a), Copy(b));
}
