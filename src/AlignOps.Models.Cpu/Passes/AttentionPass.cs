using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Attention of whole sequences, a task for each family and key-value head. Query heads j·g … j·g + g − 1 share key-value head j (Ainslie et al. 2023).
/// A sequence's keys and values are gathered from the rows of its prefix and its own; so are their gradients given back, in the family's order.
/// </summary>
internal sealed unsafe class AttentionPass(PolicyConfig config, RowBatch batch)
{
    private readonly int _headDim = config.HeadDim;
    private readonly int _group = config.HeadCount / config.KeyValueHeadCount;
    private readonly float _scale = (float)(1 / Math.Sqrt(config.HeadDim));

    public int Tasks => batch.Families.Count * config.KeyValueHeadCount;

    /// <param name="window">Positions that a token sees, itself included.</param>
    public void Forward(int task, LayerRows rows, int window, Arena scratch)
    {
        (Range family, int keyHead) = (batch.Families[task / config.KeyValueHeadCount], task % config.KeyValueHeadCount);
        for (int i = family.Start.Value; i < family.End.Value; i++)
        {
            scratch.Reset();
            Forward(batch.Sequences[i], keyHead, rows, window, scratch);
        }
    }

    /// <summary>From the gradient of <see cref="LayerRows.Attended"/> to those of queries, keys and values, still rotated.</summary>
    public void Backward(int task, LayerRows rows, int window, Matrix dAttended, Matrix dQueries, Matrix dKeys, Matrix dValues, Arena scratch)
    {
        scratch.Reset();
        (Range family, int keyHead) = (batch.Families[task / config.KeyValueHeadCount], task % config.KeyValueHeadCount);
        SequenceRows first = batch.Sequences[family.Start.Value];
        int longest = 0;
        for (int i = family.Start.Value; i < family.End.Value; i++)
        {
            longest = Math.Max(longest, batch.Sequences[i].Length);
        }

        var work = new AttentionWork(scratch, longest, _headDim);
        Matrix firstKeys = scratch.Rent(first.Rows, _headDim), firstValues = scratch.Rent(first.Rows, _headDim);
        for (int i = family.Start.Value; i < family.End.Value; i++)
        {
            SequenceRows sequence = batch.Sequences[i];
            Backward(sequence, keyHead, rows, window, dAttended, dQueries, work);
            if (i == family.Start.Value)
            {
                Copy(work.DKeys.Slice(0, first.Rows), firstKeys);
                Copy(work.DValues.Slice(0, first.Rows), firstValues);
                continue;
            }

            Copy(work.DKeys.Slice(sequence.Prefix, sequence.Rows), Head(dKeys, sequence.First, sequence.Rows, keyHead));
            Copy(work.DValues.Slice(sequence.Prefix, sequence.Rows), Head(dValues, sequence.First, sequence.Rows, keyHead));
            Elementwise.Add(work.DKeys.Data, firstKeys.Data, sequence.Prefix * firstKeys.Stride);
            Elementwise.Add(work.DValues.Data, firstValues.Data, sequence.Prefix * firstValues.Stride);
        }

        Copy(firstKeys, Head(dKeys, first.First, first.Rows, keyHead));
        Copy(firstValues, Head(dValues, first.First, first.Rows, keyHead));
    }

    private void Forward(SequenceRows sequence, int keyHead, LayerRows rows, int window, Arena scratch)
    {
        int length = sequence.Length;
        float* keys = scratch.Rent((long)Matrix.Padded(length) * _headDim), values = scratch.Rent((long)length * Matrix.Padded(_headDim));
        float* scores = scratch.Rent((long)AttentionKernel.Block * AttentionKernel.Room(length));
        PackTransposed(sequence, keyHead, rows.Keys, keys);
        PackRows(sequence, keyHead, rows.Values, values);
        for (int head = keyHead * _group; head < (keyHead + 1) * _group; head++)
        {
            int at = head * _headDim;
            for (int query = 0; query < sequence.Rows; query += AttentionKernel.Block)
            {
                int row = sequence.First + query;
                AttentionKernel.Forward(
                    rows.Queries.Row(row) + at, rows.Queries.Stride, Math.Min(AttentionKernel.Block, sequence.Rows - query), sequence.Prefix + query, window,
                    keys, values, length, _headDim, _scale, scores, rows.Attended.Row(row) + at, rows.Attended.Stride,
                    rows.LogSumExp + ((nint)row * config.HeadCount) + head, config.HeadCount);
            }
        }
    }

    /// <summary>Writes dQ of the sequence's own rows; leaves dK and dV of all its positions in <paramref name="work"/>.</summary>
    private void Backward(SequenceRows sequence, int keyHead, LayerRows rows, int window, Matrix dAttended, Matrix dQueries, AttentionWork work)
    {
        PackTransposed(sequence, keyHead, rows.Keys, work.Keys);
        PackTransposed(sequence, keyHead, rows.Values, work.Values);
        PackRows(sequence, keyHead, rows.Keys, work.KeyRows);
        Elementwise.Clear(work.DKeys.Data, (long)sequence.Length * work.DKeys.Stride);
        Elementwise.Clear(work.DValues.Data, (long)sequence.Length * work.DValues.Stride);
        for (int head = keyHead * _group; head < (keyHead + 1) * _group; head++)
        {
            int at = head * _headDim;
            for (int query = 0; query < sequence.Rows; query += AttentionKernel.Block)
            {
                int row = sequence.First + query;
                AttentionKernel.Backward(
                    rows.Queries.Row(row) + at, rows.Queries.Stride, dAttended.Row(row) + at, dAttended.Stride, Math.Min(AttentionKernel.Block, sequence.Rows - query),
                    sequence.Prefix + query, window, work.Keys, work.Values, work.KeyRows, sequence.Length, _headDim, _scale,
                    rows.LogSumExp + ((nint)row * config.HeadCount) + head, config.HeadCount, work.Probabilities, work.ScoreGradients, dQueries.Row(row) + at,
                    work.DKeys, work.DValues);
            }
        }
    }

    private void PackTransposed(SequenceRows sequence, int keyHead, Matrix from, float* strips)
    {
        Matrix prefix = Head(from, sequence.PrefixFirst, sequence.Prefix, keyHead), own = Head(from, sequence.First, sequence.Rows, keyHead);
        AttentionKernel.PackTransposed(prefix.Data, prefix.Stride, prefix.Rows, _headDim, strips, 0);
        AttentionKernel.PackTransposed(own.Data, own.Stride, own.Rows, _headDim, strips, sequence.Prefix);
    }

    private void PackRows(SequenceRows sequence, int keyHead, Matrix from, float* strips)
    {
        Matrix prefix = Head(from, sequence.PrefixFirst, sequence.Prefix, keyHead), own = Head(from, sequence.First, sequence.Rows, keyHead);
        AttentionKernel.PackRows(prefix.Data, prefix.Stride, prefix.Rows, _headDim, strips, sequence.Length, 0);
        AttentionKernel.PackRows(own.Data, own.Stride, own.Rows, _headDim, strips, sequence.Length, sequence.Prefix);
    }

    private Matrix Head(Matrix rows, int first, int count, int head) => rows.Slice(first, count).Columns(head * _headDim, _headDim);

    private static void Copy(Matrix from, Matrix to)
    {
        for (int row = 0; row < from.Rows; row++)
        {
            new ReadOnlySpan<float>(from.Row(row), from.Width).CopyTo(new Span<float>(to.Row(row), from.Width));
        }
    }
}
