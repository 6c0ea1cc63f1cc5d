using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>Attention of whole sequences, a task for each sequence and key-value head. Query heads j·g … j·g + g − 1 share key-value head j (Ainslie et al. 2023).</summary>
internal sealed unsafe class AttentionPass(PolicyConfig config, RowBatch batch)
{
    /// <summary>Queries whose probabilities are folded into dK and dV together.</summary>
    private const int BackwardBlock = 4 * Tile.Height;

    private readonly int _headDim = config.HeadDim;
    private readonly int _group = config.HeadCount / config.KeyValueHeadCount;
    private readonly float _scale = (float)(1 / Math.Sqrt(config.HeadDim));

    public int Tasks => batch.Sequences.Count * config.KeyValueHeadCount;

    public void Forward(int task, LayerRows rows, Arena scratch)
    {
        scratch.Reset();
        (SequenceRows sequence, int keyHead) = (batch.Sequences[task / config.KeyValueHeadCount], task % config.KeyValueHeadCount);
        float* panels = scratch.Rent((long)Matrix.Padded(sequence.Rows) * _headDim);
        float* scores = scratch.Rent(AttentionKernel.ScoreRoom(sequence.Rows));
        Matrix keys = rows.Keys.Slice(sequence.First, sequence.Rows).Columns(keyHead * _headDim, _headDim);
        Matrix values = rows.Values.Slice(sequence.First, sequence.Rows).Columns(keyHead * _headDim, _headDim);
        AttentionKernel.PackKeys(keys.Data, keys.Stride, keys.Rows, _headDim, panels);
        for (int head = keyHead * _group; head < (keyHead + 1) * _group; head++)
        {
            for (int query = 0; query < sequence.Rows; query += Tile.Height)
            {
                int row = sequence.First + query;
                AttentionKernel.Forward(
                    rows.Queries.Row(row) + (head * _headDim), rows.Queries.Stride, Math.Min(Tile.Height, sequence.Rows - query), query + 1, 1,
                    panels, values.Data, values.Stride, _headDim, _scale, scores,
                    rows.Attended.Row(row) + (head * _headDim), rows.Attended.Stride,
                    rows.LogSumExp + ((nint)row * config.HeadCount) + head, config.HeadCount);
            }
        }
    }

    /// <summary>From the gradient of <see cref="LayerRows.Attended"/> to those of queries, keys and values, still rotated.</summary>
    public void Backward(int task, LayerRows rows, Matrix attended, Matrix queries, Matrix keys, Matrix values, Arena scratch)
    {
        scratch.Reset();
        (SequenceRows sequence, int keyHead) = (batch.Sequences[task / config.KeyValueHeadCount], task % config.KeyValueHeadCount);
        int count = sequence.Rows, room = Matrix.Padded(count);
        Matrix k = rows.Keys.Slice(sequence.First, count).Columns(keyHead * _headDim, _headDim);
        Matrix v = rows.Values.Slice(sequence.First, count).Columns(keyHead * _headDim, _headDim);
        float* keyPanels = scratch.Rent((long)room * _headDim), valuePanels = scratch.Rent((long)room * _headDim);
        AttentionKernel.PackKeys(k.Data, k.Stride, count, _headDim, keyPanels);
        AttentionKernel.PackKeys(v.Data, v.Stride, count, _headDim, valuePanels);

        float* p = scratch.Rent((long)BackwardBlock * room), dS = scratch.Rent((long)BackwardBlock * room);
        Matrix dK = scratch.Rent(count, _headDim), dV = scratch.Rent(count, _headDim);
        Elementwise.Clear(dK.Data, (long)count * dK.Stride);
        Elementwise.Clear(dV.Data, (long)count * dV.Stride);
        for (int head = keyHead * _group; head < (keyHead + 1) * _group; head++)
        {
            for (int block = 0; block < count; block += BackwardBlock)
            {
                int blockRows = Math.Min(BackwardBlock, count - block), seen = block + blockRows, blockRoom = Matrix.Padded(seen);
                for (int query = block; query < seen; query += Tile.Height)
                {
                    int row = sequence.First + query;
                    nint at = (nint)(query - block) * blockRoom;
                    AttentionKernel.Backward(
                        rows.Queries.Row(row) + (head * _headDim), rows.Queries.Stride, rows.Attended.Row(row) + (head * _headDim),
                        attended.Row(row) + (head * _headDim), rows.Attended.Stride, Math.Min(Tile.Height, seen - query), query + 1,
                        keyPanels, valuePanels, k.Data, k.Stride, _headDim, _scale,
                        rows.LogSumExp + ((nint)row * config.HeadCount) + head, config.HeadCount, blockRoom, p + at, dS + at,
                        queries.Row(row) + (head * _headDim));
                }

                int first = sequence.First + block;
                Fold(p, blockRoom, seen, blockRows, attended.Row(first) + (head * _headDim), attended.Stride, dV);
                Fold(dS, blockRoom, seen, blockRows, rows.Queries.Row(first) + (head * _headDim), rows.Queries.Stride, dK);
            }
        }

        Keep(dK, keys.Slice(sequence.First, count).Columns(keyHead * _headDim, _headDim));
        Keep(dV, values.Slice(sequence.First, count).Columns(keyHead * _headDim, _headDim));
    }

    /// <summary>sums[seen, headDim] += Wᵀ·R, where W is [rows, room].</summary>
    private void Fold(float* weights, int room, int seen, int rows, float* right, nint rightStride, Matrix sums)
    {
        for (int column = 0; column < _headDim; column += Matrix.Lane)
        {
            Tile.Panel(weights, 1, room, seen, right + column, rightStride, rows, sums.Data + column, sums.Stride, add: true);
        }
    }

    private static void Keep(Matrix from, Matrix to)
    {
        for (int row = 0; row < from.Rows; row++)
        {
            new ReadOnlySpan<float>(from.Row(row), from.Width).CopyTo(new Span<float>(to.Row(row), from.Width));
        }
    }
}
