using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// Causal softmax attention of one key-value head over a request's pages: o = softmax(scale·q·Kᵀ)·V. Values are summed page by page, so a sum is the same
/// whoever else reads the pages.
/// </summary>
internal sealed unsafe class PagedAttention(PolicyConfig config, PageLayout layout)
{
    private readonly int _headDim = config.HeadDim;
    private readonly float _scale = (float)(1 / Math.Sqrt(config.HeadDim));

    /// <summary>Puts a token's key and value of one head in its place.</summary>
    public void Append(DecodeSlot slot, int layer, int head, int position, float* key, float* value)
    {
        float* page = slot.Page(position / PageLayout.Positions);
        int at = position % PageLayout.Positions;
        float* column = page + layout.Keys(layer, head) + at;
        for (int i = 0; i < _headDim; i++)
        {
            column[i * PageLayout.Positions] = key[i];
        }

        new ReadOnlySpan<float>(value, _headDim).CopyTo(new Span<float>(page + layout.Values(layer, head) + ((nint)at * layout.ValueStride), _headDim));
    }

    /// <summary>
    /// Some rows of queries, at most <see cref="Tile.Height"/>, the first of which sees the first <paramref name="keys"/> tokens and each next one <paramref name="more"/> beyond it;
    /// of those the last <paramref name="window"/>.
    /// </summary>
    public void Forward(DecodeSlot slot, int layer, int head, float* q, nint queryStride, int rows, int keys, int more, int window, float* o, nint outputStride, Arena scratch)
    {
        int all = keys + ((rows - 1) * more), begin = keys > window ? (keys - window) / PageLayout.Positions : 0, end = PageLayout.Pages(all);
        int from = begin * PageLayout.Positions, room = (end - begin) * PageLayout.Positions;
        scratch.Reset();
        float* scores = scratch.Rent((long)rows * room);
        for (int page = begin; page < end; page++)
        {
            Tile.Panel(q, queryStride, 1, rows, slot.Page(page) + layout.Keys(layer, head), PageLayout.Positions, _headDim, scores + ((page - begin) * PageLayout.Positions), room, add: false);
        }

        float* weights = stackalloc float[rows];
        for (int row = 0; row < rows; row++)
        {
            float* own = scores + ((nint)row * room);
            int seen = keys + (row * more) - from;
            if (seen > window)
            {
                new Span<float>(own, seen - window).Fill(float.NegativeInfinity);
            }

            weights[row] = 1 / RowSoftmax.Exponentiate(own, seen, room, _scale, out _);
        }

        float* tile = stackalloc float[Tile.Height * Matrix.Lane];
        for (int column = 0; column < _headDim; column += Matrix.Lane)
        {
            for (int page = begin; page < end; page++)
            {
                int count = Math.Min(PageLayout.Positions, all - (page * PageLayout.Positions));
                Tile.Panel(
                    scores + ((page - begin) * PageLayout.Positions), room, 1, rows, slot.Page(page) + layout.Values(layer, head) + column, layout.ValueStride, count,
                    tile, Matrix.Lane, add: page > begin);
            }

            int width = Math.Min(Matrix.Lane, _headDim - column);
            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < width; i++)
                {
                    o[(row * outputStride) + column + i] = tile[(row * Matrix.Lane) + i] * weights[row];
                }
            }
        }
    }
}
