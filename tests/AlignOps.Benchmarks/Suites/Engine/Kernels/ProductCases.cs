using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;

namespace AlignOps.Benchmarks.Suites.Engine.Kernels;

/// <summary>Matrix products at SmolLM2-135M's shapes, on one core.</summary>
internal static unsafe class ProductCases
{
    public static IEnumerable<Func<KernelRoom, KernelCase>> All =>
    [
        room => Product(room, "gemm", 96, 576, 1536),
        room => Product(room, "gemm_deep", 96, 1536, 576),
        room => Product(room, "gemm_5_rows", 5, 576, 49152),
        room => Product(room, "gemm_1_row", 1, 576, 49152),
        LoraProduct,
        room => WeightGradientOf(room, "weight_gradient", 512, 576, 1536),
        room => WeightGradientOf(room, "adapter_gradient", 2048, 1536, 16),
        Pack,
    ];

    private static KernelCase Product(KernelRoom room, string name, int rows, int depth, int width)
    {
        Matrix a = room.Random(rows, depth), b = room.Random(depth, width), found = room.Empty(rows, width), expected = room.Empty(rows, width);
        PackedMatrix packed = Packed(b);
        return new KernelCase
        {
            Name = name,
            Flops = 2.0 * rows * depth * width,
            Bytes = sizeof(float) * (((double)depth * width) + ((double)rows * (depth + width))),
            Run = () => Gemm.Multiply(a, packed, found),
            Plain = () => PlainKernels.Product(a, b, expected),
            Found = [found],
            Expected = [expected],
        };
    }

    /// <summary>The base's product and its adapter's, y = x·W + s·B as one.</summary>
    private static KernelCase LoraProduct(KernelRoom room)
    {
        const int Rows = 96, Depth = 576, Rank = 16, Width = 1536;
        Matrix x = room.Random(Rows, Depth), w = room.Random(Depth, Width), s = room.Random(Rows, Rank), b = room.Random(Rank, Width);
        Matrix found = room.Empty(Rows, Width), expected = room.Empty(Rows, Width), part = room.Empty(Rows, Width);
        PackedMatrix packed = Packed(w), adapter = Packed(b);
        return new KernelCase
        {
            Name = "gemm_with_adapter",
            Flops = 2.0 * Rows * (Depth + Rank) * Width,
            Bytes = sizeof(float) * (double)((Depth + Rank + Rows) * Width),
            Run = () => Gemm.Multiply(x, packed, s, adapter, found),
            Plain = () =>
            {
                PlainKernels.Product(x, w, expected);
                PlainKernels.Product(s, b, part);
                Elementwise.Add(part.Data, expected.Data, Rows * part.Stride);
            },
            Found = [found],
            Expected = [expected],
        };
    }

    private static KernelCase WeightGradientOf(KernelRoom room, string name, int rows, int leftWidth, int rightWidth)
    {
        Matrix left = room.Random(rows, leftWidth), right = room.Random(rows, rightWidth);
        Matrix found = room.Empty(leftWidth, rightWidth), expected = room.Empty(leftWidth, rightWidth);
        var scratch = new Arena();
        return new KernelCase
        {
            Name = name,
            Flops = 2.0 * rows * leftWidth * rightWidth,
            Bytes = sizeof(float) * (((double)rows * (leftWidth + rightWidth)) + (2.0 * leftWidth * rightWidth)),
            Run = () =>
            {
                for (int row = 0; row < leftWidth; row += WeightGradient.Rows)
                {
                    for (int column = 0; column < rightWidth; column += WeightGradient.Columns)
                    {
                        scratch.Reset();
                        WeightGradient.Add(
                            left.Columns(row, Math.Min(WeightGradient.Rows, leftWidth - row)), right.Columns(column, Math.Min(WeightGradient.Columns, rightWidth - column)),
                            found.Row(row) + column, found.Stride, scratch);
                    }
                }
            },
            Plain = () => PlainKernels.AddTransposedProduct(left, right, expected),
            Found = [found],
            Expected = [expected],
        };
    }

    /// <summary>What a trained weight costs before each step, for the product that transposes it.</summary>
    private static KernelCase Pack(KernelRoom room)
    {
        const int Outputs = 3072, Inputs = 3072;
        Matrix w = room.Random(Outputs, Inputs);
        var forward = new PackedMatrix(Inputs, Outputs);
        Matrix found = new(forward[0], Inputs * forward.Strips, PackedMatrix.Strip, PackedMatrix.Strip), expected = room.Empty(Inputs * forward.Strips, PackedMatrix.Strip);
        return new KernelCase
        {
            Name = "pack_transposed",
            Flops = 0,
            Bytes = sizeof(float) * 2.0 * Outputs * Inputs,
            Run = () => forward.PackTransposed(w.Data, w.Stride, Outputs, Inputs),
            Plain = () => PlainKernels.PackTransposed(w, expected),
            Found = [found],
            Expected = [expected],
        };
    }

    private static PackedMatrix Packed(Matrix b)
    {
        var packed = new PackedMatrix(b.Rows, b.Width);
        packed.Pack(b.Data, b.Stride, b.Rows, b.Width);
        return packed;
    }
}
