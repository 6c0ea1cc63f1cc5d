using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>Products over whole matrices. Rows are independent of each other: a row's result does not depend on which others are in the call.</summary>
internal static unsafe class Gemm
{
    /// <summary>Strips whose results are finished before the next: what is added to them at once is still near.</summary>
    private const int Group = 4;

    /// <summary>The greatest depth gone through at once. Blocks cost a little, and pay only where A's rows and a strip of B would leave the second cache.</summary>
    private const int Deep = 2048;
    private const int DepthBlock = 1024;

    /// <summary>C[rows, width] (=, +=) A[rows, depth]·B. C's rows are padded to whole panels, and the padding is written too, unless B is narrow.</summary>
    public static void Multiply(Matrix a, PackedMatrix b, Matrix c, bool add = false) => Multiply(a, b, 0, b.Strips, c, add);

    /// <summary>The same for some of B's strips; C begins at the first of them.</summary>
    public static void Multiply(Matrix a, PackedMatrix b, int firstStrip, int strips, Matrix c, bool add)
    {
        int block = b.Depth > Deep ? DepthBlock : b.Depth;
        for (int depth = 0; depth < b.Depth; depth += block)
        {
            Multiply(a.Data + depth, a, b, depth, Math.Min(block, b.Depth - depth), firstStrip, strips, c.Data, c, add || depth > 0);
        }
    }

    /// <summary>C (=, +=) A·B + A₂·B₂, as two calls would, sooner.</summary>
    public static void Multiply(Matrix a, PackedMatrix b, Matrix a2, PackedMatrix b2, Matrix c, bool add = false)
    {
        if (b.Depth > Deep)
        {
            Multiply(a, b, c, add);
            Multiply(a2, b2, c, add: true);
            return;
        }

        for (int strip = 0; strip < b.Strips; strip += Group)
        {
            int count = Math.Min(Group, b.Strips - strip);
            Multiply(a.Data, a, b, 0, b.Depth, strip, count, c.Data + (strip * PackedMatrix.Strip), c, add);
            Multiply(a2.Data, a2, b2, 0, b2.Depth, strip, count, c.Data + (strip * PackedMatrix.Strip), c, add: true);
        }
    }

    /// <summary>C (=, +=) A·B′, where B′ is as much of B's depth from <paramref name="firstDepth"/> on as A is wide.</summary>
    public static void MultiplyPart(Matrix a, PackedMatrix b, int firstDepth, Matrix c, bool add) =>
        Multiply(a.Data, a, b, firstDepth, a.Width, 0, b.Strips, c.Data, c, add);

    private static void Multiply(float* from, Matrix a, PackedMatrix b, int firstDepth, int depth, int firstStrip, int strips, float* to, Matrix c, bool add)
    {
        if (b.Form != StripForm.Single)
        {
            CompactTile.Strips(from, a.Stride, a.Rows, b, firstStrip, firstDepth, depth, to, c.Stride, strips, add);
            return;
        }

        Tile.Strips(from, a.Stride, 1, a.Rows, b[firstStrip] + (firstDepth * PackedMatrix.Strip), b.Next, PackedMatrix.Strip, depth, to, c.Stride, strips, add);
    }
}
