using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Causal softmax attention of one head over a block of queries that follow each other: query i sees the first <c>before</c> + i + 1 keys. Products with keys that a tile of
/// queries does not see are left out; what is left out is zero, so where a block begins changes no bit.
/// Transposed keys and values stand in strips of 16 positions, [strip, dimension, 16], those as they are in strips of 16 dimensions, [strip, position, 16].
/// Reads of queries and gradients may run past a head of fewer than 16 dimensions; the surplus columns are never kept.
/// </summary>
internal static unsafe class AttentionKernel
{
    /// <summary>Queries that are taken together.</summary>
    public const int Block = 4 * Tile.Height;

    private const int Strip = PackedMatrix.Strip;

    /// <summary>Where the first tile of queries that sees a strip begins: at a tile of six, which is whole on every machine.</summary>
    private const int Step = Tile.Height / 2;

    /// <summary>Floats from one query's scores to the next one's: whole strips, and an odd number of them, so that a column's lines spread over the cache.</summary>
    public static int Room(int keys) => Strips(keys) | Strip;

    /// <summary>Packs rows[count, headDim] into transposed strips, from position <paramref name="at"/> on; the last strip is filled with zeros.</summary>
    public static void PackTransposed(float* rows, nint stride, int count, int headDim, float* strips, int at)
    {
        for (int row = 0; row < count;)
        {
            int lane = (at + row) % Strip, width = Math.Min(Strip - lane, count - row);
            float* strip = strips + ((nint)(at + row - lane) * headDim);
            if (lane == 0 && width < Strip)
            {
                Elementwise.Clear(strip, Strip * headDim);
            }

            Transposition.Copy(rows + (row * stride), stride, width, headDim, strip + lane, Strip, 1);
            row += width;
        }
    }

    /// <summary>Packs rows[count, headDim] as they are into strips of <paramref name="length"/> positions, from position <paramref name="at"/> on.</summary>
    public static void PackRows(float* rows, nint stride, int count, int headDim, float* strips, int length, int at)
    {
        for (int column = 0; column < headDim; column += Strip)
        {
            Transposition.CopyStrip(rows + column, stride, count, strips + ((nint)column * length) + (at * Strip), 1);
        }
    }

    /// <summary>o = softmax(scale·q·Kᵀ)·V, and log Σ exp(scale·q·k) of each query, <paramref name="logStride"/> apart.</summary>
    /// <param name="window">A query sees the last so many of its keys.</param>
    /// <param name="values">Strips of <paramref name="length"/> positions.</param>
    /// <param name="scores">Room for a block.</param>
    public static void Forward(
        float* q, nint queryStride, int queries, int before, int window, float* keys, float* values, int length, int headDim, float scale,
        float* scores, float* o, nint outputStride, float* logSumExp, nint logStride)
    {
        int room = Room(before + queries), columns = Strips(headDim);
        Scores(q, queryStride, queries, before, keys, headDim, scores, room);
        float* tile = stackalloc float[Tile.Height * columns], weights = stackalloc float[Tile.Height];
        for (int first = 0; first < queries; first += Tile.Height)
        {
            int count = Math.Min(Tile.Height, queries - first), seen = before + first + count;
            float* own = scores + ((nint)first * room);
            for (int i = 0; i < count; i++)
            {
                float* row = own + ((nint)i * room);
                int visible = before + first + i + 1;
                Hide(row, visible, window);
                float sum = RowSoftmax.Exponentiate(row, visible, Strips(seen), scale, out float shifted);
                weights[i] = 1 / sum;
                logSumExp[(first + i) * logStride] = shifted + MathF.Log(sum);
            }

            Tile.Strips(own, room, 1, count, values, (nint)length * Strip, Strip, seen, tile, columns, columns / Strip, add: false);
            for (int i = 0; i < count; i++)
            {
                Take(tile + (i * columns), weights[i], o + ((first + i) * outputStride), headDim);
            }
        }
    }

    /// <summary>
    /// The probabilities P again, dS = scale·P·(dO·Vᵀ − Σ P·dO·Vᵀ), dq = dS·K, and what the block adds to dK = dSᵀ·q and dV = Pᵀ·dO.
    /// </summary>
    /// <param name="keyRows">Keys as they are, in strips of <paramref name="length"/> positions.</param>
    /// <param name="p">Room for a block, as <paramref name="dS"/> is.</param>
    public static void Backward(
        float* q, nint queryStride, float* dO, nint outputStride, int queries, int before, int window, float* keys, float* values, float* keyRows, int length,
        int headDim, float scale, float* logSumExp, nint logStride, float* p, float* dS, float* dq, Matrix dKeys, Matrix dValues)
    {
        int room = Room(before + queries), end = Strips(before + queries), columns = Strips(headDim);
        Scores(q, queryStride, queries, before, keys, headDim, p, room);
        Scores(dO, outputStride, queries, before, values, headDim, dS, room);
        for (int i = 0; i < queries; i++)
        {
            float* row = p + ((nint)i * room);
            int visible = before + i + 1;
            Hide(row, visible, window);
            RowSoftmax.Backward(row, dS + ((nint)i * room), visible, end, scale, logSumExp[i * logStride]);
        }

        float* tile = stackalloc float[Tile.Height * columns];
        for (int first = 0; first < queries; first += Tile.Height)
        {
            int count = Math.Min(Tile.Height, queries - first);
            Tile.Strips(dS + ((nint)first * room), room, 1, count, keyRows, (nint)length * Strip, Strip, before + first + count, tile, columns, columns / Strip, add: false);
            for (int i = 0; i < count; i++)
            {
                Take(tile + (i * columns), 1, dq + ((first + i) * queryStride), headDim);
            }
        }

        Fold(p, room, before, queries, dO, outputStride, columns / Strip, dValues);
        Fold(dS, room, before, queries, q, queryStride, columns / Strip, dKeys);
    }

    /// <summary>Products of the queries with the strips of keys that they see, and some beyond.</summary>
    private static void Scores(float* q, nint stride, int queries, int before, float* keys, int headDim, float* scores, int room)
    {
        int strip = (before / Strip) + 1;
        nint next = (nint)Strip * headDim;
        Tile.Strips(q, stride, 1, queries, keys, next, Strip, headDim, scores, room, strip, add: false);
        for (; strip * Strip < before + queries; strip++)
        {
            int first = (strip * Strip) - before;
            first -= first % Step;
            Tile.Strips(q + (first * stride), stride, 1, queries - first, keys + (strip * next), next, Strip, headDim, scores + ((nint)first * room) + (strip * Strip), room, 1, add: false);
        }
    }

    /// <summary>sums[before + queries, strips] += Wᵀ·R, W being [queries, room] and zero where a key comes after its query.</summary>
    private static void Fold(float* weights, int room, int before, int queries, float* right, nint rightStride, int strips, Matrix sums)
    {
        Tile.Strips(weights, 1, room, before, right, Strip, rightStride, queries, sums.Data, sums.Stride, strips, add: true);
        for (int first = 0; first < queries; first += Tile.Height)
        {
            Tile.Strips(
                weights + ((nint)first * room) + before + first, 1, room, Math.Min(Tile.Height, queries - first), right + (first * rightStride), Strip, rightStride,
                queries - first, sums.Row(before + first), sums.Stride, strips, add: true);
        }
    }

    private static int Strips(int count) => (count + Strip - 1) & -Strip;

    /// <summary>Takes from a query's scores the keys that its window leaves behind.</summary>
    private static void Hide(float* scores, int keys, int window)
    {
        if (keys > window)
        {
            new Span<float>(scores, keys - window).Fill(float.NegativeInfinity);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Take(float* from, float factor, float* to, int count)
    {
        Vector512<float> times = Vector512.Create(factor);
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            (Vector512.Load(from + i) * times).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = from[i] * factor;
        }
    }
}
