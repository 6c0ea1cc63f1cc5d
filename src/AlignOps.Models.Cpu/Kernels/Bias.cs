using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>The bias of a linear layer over some rows.</summary>
internal static unsafe class Bias
{
    /// <summary>Each row of y += b.</summary>
    public static void Add(float* bias, Matrix y)
    {
        for (int row = 0; row < y.Rows; row++)
        {
            Elementwise.Add(bias, y.Row(row), y.Width);
        }
    }

    /// <summary>db += Σ over rows of dy, rows in order, for 32 columns from <paramref name="column"/>; <paramref name="count"/> of them exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gradient(Matrix dy, int column, int count, float* gradient)
    {
        Vector512<float> left = default, right = default;
        for (int row = 0; row < dy.Rows; row++)
        {
            float* from = dy.Row(row) + column;
            left += Vector512.Load(from);
            right += Vector512.Load(from + 16);
        }

        float* sums = stackalloc float[Matrix.Lane];
        left.Store(sums);
        right.Store(sums + 16);
        Elementwise.Add(sums, gradient + column, count);
    }
}
