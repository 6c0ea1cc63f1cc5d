using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Kernels;

/// <summary>
/// Causal softmax attention of one head. Keys are read transposed, in panels of 32 positions: panel, then dimension, then position.
/// Reads of values, queries and gradients may run past a head of fewer than 32 dimensions; the surplus columns are never kept.
/// </summary>
internal static unsafe class AttentionKernel
{
    /// <summary>Floats of score storage for one tile of queries, or one query of each head, over that many keys.</summary>
    public static int ScoreRoom(int keys, int heads = 1) => Math.Max(Tile.Height, heads) * Matrix.Padded(keys);

    /// <summary>Packs keys[count, headDim] into transposed panels, from position <paramref name="at"/> on; the last panel is filled with zeros.</summary>
    public static void PackKeys(float* keys, nint stride, int count, int headDim, float* panels, int at = 0)
    {
        for (int key = 0; key < count;)
        {
            int lane = (at + key) % Matrix.Lane;
            int width = Math.Min(Matrix.Lane - lane, count - key);
            float* panel = panels + ((nint)(at + key - lane) * headDim);
            if (lane == 0 && width < Matrix.Lane)
            {
                Elementwise.Clear(panel, Matrix.Lane * headDim);
            }

            Transposition.Copy(keys + (key * stride), stride, width, headDim, panel + lane, Matrix.Lane, 1);
            key += width;
        }
    }

    /// <summary>
    /// o = softmax(scale·q·Kᵀ)·V for up to twelve queries, where query i sees the last <paramref name="window"/> of the first <paramref name="firstKeys"/> + i keys.
    /// </summary>
    /// <param name="logSumExp">Receives log Σ exp(scale·q·k) of each query, <paramref name="logStride"/> apart; null where not wanted.</param>
    public static void Forward(
        float* q, nint queryStride, int queries, int firstKeys, int window, float* keyPanels, float* values, nint valueStride, int headDim, float scale,
        float* scores, float* o, nint outputStride, float* logSumExp, nint logStride)
    {
        int keys = firstKeys + queries - 1;
        int room = Matrix.Padded(keys);
        for (int key = 0; key < keys; key += Matrix.Lane)
        {
            Tile.Panel(q, queryStride, 1, queries, keyPanels + ((nint)key * headDim), Matrix.Lane, headDim, scores + key, room, add: false);
        }

        float* weights = stackalloc float[Tile.Height];
        for (int query = 0; query < queries; query++)
        {
            Hide(scores + ((nint)query * room), firstKeys + query, window);
            float sum = RowSoftmax.Exponentiate(scores + ((nint)query * room), firstKeys + query, room, scale, out float shifted);
            weights[query] = 1 / sum;
            if (logSumExp != null)
            {
                logSumExp[query * logStride] = shifted + MathF.Log(sum);
            }
        }

        float* tile = stackalloc float[Tile.Height * Matrix.Lane];
        for (int column = 0; column < headDim; column += Matrix.Lane)
        {
            Tile.Panel(scores, room, 1, queries, values + column, valueStride, keys, tile, Matrix.Lane, add: false);
            for (int query = 0; query < queries; query++)
            {
                Take(tile + (query * Matrix.Lane), weights[query], o + (query * outputStride) + column, Math.Min(Matrix.Lane, headDim - column));
            }
        }
    }

    /// <summary>
    /// The same for one query of each of some heads with their own keys and values, as when a token is added to a sequence: head i's query and output are
    /// <paramref name="headStride"/> on, its keys and values <paramref name="cacheStride"/>.
    /// </summary>
    public static void ForwardHeads(
        float* q, nint headStride, int heads, int keys, int window, float* keyPanels, float* values, nint cacheStride, nint valueStride, int headDim, float scale,
        float* scores, float* o)
    {
        int room = Matrix.Padded(keys);
        for (int key = 0; key < keys; key += Matrix.Lane)
        {
            Tile.Rows(q, headStride, 1, keyPanels + ((nint)key * headDim), cacheStride, Matrix.Lane, headDim, scores + key, room, heads, add: false);
        }

        float* weights = stackalloc float[heads];
        for (int head = 0; head < heads; head++)
        {
            Hide(scores + ((nint)head * room), keys, window);
            weights[head] = 1 / RowSoftmax.Exponentiate(scores + ((nint)head * room), keys, room, scale, out _);
        }

        float* tile = stackalloc float[heads * Matrix.Lane];
        for (int column = 0; column < headDim; column += Matrix.Lane)
        {
            Tile.Rows(scores, room, 1, values + column, cacheStride, valueStride, keys, tile, Matrix.Lane, heads, add: false);
            for (int head = 0; head < heads; head++)
            {
                Take(tile + (head * Matrix.Lane), weights[head], o + (head * headStride) + column, Math.Min(Matrix.Lane, headDim - column));
            }
        }
    }

    /// <summary>
    /// For up to twelve queries: the probabilities P again, dS = scale·P·(dO·Vᵀ − do·o), and dq = dS·K. P and dS are [queries, room] for the caller to fold into dV and dK.
    /// </summary>
    public static void Backward(
        float* q, nint queryStride, float* o, float* dO, nint outputStride, int queries, int firstKeys, int window, float* keyPanels, float* valuePanels,
        float* keys, nint keyStride, int headDim, float scale, float* logSumExp, nint logStride, int room, float* p, float* dS, float* dq)
    {
        int count = firstKeys + queries - 1;
        for (int key = 0; key < count; key += Matrix.Lane)
        {
            Tile.Panel(q, queryStride, 1, queries, keyPanels + ((nint)key * headDim), Matrix.Lane, headDim, p + key, room, add: false);
            Tile.Panel(dO, outputStride, 1, queries, valuePanels + ((nint)key * headDim), Matrix.Lane, headDim, dS + key, room, add: false);
        }

        for (int query = 0; query < queries; query++)
        {
            float* probabilities = p + ((nint)query * room);
            Hide(probabilities, firstKeys + query, window);
            RowSoftmax.Probabilities(probabilities, firstKeys + query, room, scale, logSumExp[query * logStride], 1);
            float own = Elementwise.Dot(o + (query * outputStride), dO + (query * outputStride), headDim);
            ScoreGradient(probabilities, dS + ((nint)query * room), room, own, scale);
        }

        float* tile = stackalloc float[Tile.Height * Matrix.Lane];
        for (int column = 0; column < headDim; column += Matrix.Lane)
        {
            Tile.Panel(dS, room, 1, queries, keys + column, keyStride, count, tile, Matrix.Lane, add: false);
            for (int query = 0; query < queries; query++)
            {
                Take(tile + (query * Matrix.Lane), 1, dq + (query * queryStride) + column, Math.Min(Matrix.Lane, headDim - column));
            }
        }
    }

    /// <summary>Takes from a query's scores the keys that its window leaves behind.</summary>
    private static void Hide(float* scores, int keys, int window)
    {
        if (keys > window)
        {
            new Span<float>(scores, keys - window).Fill(float.NegativeInfinity);
        }
    }

    /// <summary>dS := scale·P·(dS − own), where P is zero beyond a query's keys and dS may hold anything finite or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ScoreGradient(float* p, float* dS, int room, float own, float scale)
    {
        Vector512<float> shift = Vector512.Create(own), factor = Vector512.Create(scale);
        for (int i = 0; i < room; i += 16)
        {
            Vector512<float> probability = Vector512.Load(p + i);
            Vector512<float> gradient = probability * factor * (Vector512.Load(dS + i) - shift);
            Vector512.ConditionalSelect(Vector512.Equals(probability, Vector512<float>.Zero), Vector512<float>.Zero, gradient).Store(dS + i);
        }
    }

    private static void Take(float* from, float factor, float* to, int count)
    {
        if (count == Matrix.Lane)
        {
            Vector512<float> times = Vector512.Create(factor);
            (Vector512.Load(from) * times).Store(to);
            (Vector512.Load(from + 16) * times).Store(to + 16);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            to[i] = from[i] * factor;
        }
    }
}
