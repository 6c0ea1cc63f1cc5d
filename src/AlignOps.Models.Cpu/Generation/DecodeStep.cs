using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>Runs the pending tokens of some requests through the decoder on one worker and draws each request's next token.</summary>
internal sealed unsafe class DecodeStep(DecoderModel model)
{
    private readonly Arena _arena = new();
    private readonly List<int> _tokens = [];
    private readonly List<int> _positions = [];
    private readonly int _group = model.Config.HeadCount / model.Config.KeyValueHeadCount;
    private readonly float _scale = (float)(1 / Math.Sqrt(model.Config.HeadDim));

    private PolicyConfig Config => model.Config;

    public void Run(List<DecodeSlot> slots, Arena scratch)
    {
        Collect(slots);
        _arena.Reset();
        Matrix residual = _arena.Rent(_tokens.Count, Config.HiddenSize);
        LayerRows rows = LayerRows.Rent(_arena, Config, model.Layers[0], residual, residual, residual);
        float* scores = _arena.Rent(AttentionKernel.ScoreRoom(slots.Max(slot => slot.Cached + slot.Pending.Length), Config.KeyValueHeadCount));
        ReadOnlySpan<int> tokens = _tokens.ToArray(), positions = _positions.ToArray();
        BlockForward.Embed(model, tokens, residual);
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            for (int first = 0; first < residual.Rows; first += ForwardRun.RowBlock)
            {
                int count = Math.Min(ForwardRun.RowBlock, residual.Rows - first);
                BlockForward.BeforeAttention(model, model.Layers[layer], rows.Slice(first, count, Config.HeadCount), positions.Slice(first, count), scratch);
            }

            int row = 0;
            foreach (DecodeSlot slot in slots)
            {
                if (!slot.Pending.IsEmpty)
                {
                    Attend(slot, layer, rows, row, scores);
                    row += slot.Pending.Length;
                }
            }

            for (int first = 0; first < residual.Rows; first += ForwardRun.RowBlock)
            {
                int count = Math.Min(ForwardRun.RowBlock, residual.Rows - first);
                BlockForward.AfterAttention(model, model.Layers[layer], rows.Slice(first, count, Config.HeadCount), scratch);
            }
        }

        Draw(slots, residual);
    }

    private void Collect(List<DecodeSlot> slots)
    {
        _tokens.Clear();
        _positions.Clear();
        foreach (DecodeSlot slot in slots)
        {
            for (int i = 0; i < slot.Pending.Length; i++)
            {
                _tokens.Add(slot.Pending[i]);
                _positions.Add(slot.Cached + i);
            }
        }
    }

    private void Attend(DecodeSlot slot, int layer, LayerRows rows, int first, float* scores)
    {
        int count = slot.Pending.Length, headDim = Config.HeadDim;
        for (int keyHead = 0; keyHead < Config.KeyValueHeadCount; keyHead++)
        {
            for (int i = 0; i < count; i++)
            {
                slot.Append(layer, keyHead, slot.Cached + i, rows.Keys.Row(first + i) + (keyHead * headDim), rows.Values.Row(first + i) + (keyHead * headDim));
            }
        }

        if (count == 1)
        {
            for (int inGroup = 0; inGroup < _group; inGroup++)
            {
                AttentionKernel.ForwardHeads(
                    rows.Queries.Row(first) + (inGroup * headDim), _group * headDim, Config.KeyValueHeadCount, slot.Cached + 1, model.Layers[layer].Window, slot.KeyPanels(layer, 0),
                    slot.Values(layer, 0), slot.HeadStride, slot.ValueStride, headDim, _scale, scores, rows.Attended.Row(first) + (inGroup * headDim));
            }

            return;
        }

        for (int head = 0; head < Config.HeadCount; head++)
        {
            int keyHead = head / _group;
            for (int query = 0; query < count; query += Tile.Height)
            {
                AttentionKernel.Forward(
                    rows.Queries.Row(first + query) + (head * headDim), rows.Queries.Stride, Math.Min(Tile.Height, count - query), query + 1, model.Layers[layer].Window,
                    slot.KeyPanels(layer, keyHead), slot.Values(layer, keyHead), slot.ValueStride, headDim, _scale, scores,
                    rows.Attended.Row(first + query) + (head * headDim), rows.Attended.Stride, null, 0);
            }
        }
    }

    private void Draw(List<DecodeSlot> slots, Matrix residual)
    {
        Matrix hidden = _arena.Rent(slots.Count, Config.HiddenSize);
        int row = 0, ends = 0;
        foreach (DecodeSlot slot in slots)
        {
            if (!slot.Pending.IsEmpty)
            {
                row += slot.Pending.Length;
                new ReadOnlySpan<float>(residual.Row(row - 1), residual.Stride).CopyTo(new Span<float>(hidden.Row(ends++), hidden.Stride));
            }
        }

        hidden = hidden.Slice(0, ends);
        Matrix logits = _arena.Rent(ends, Config.VocabSize);
        RmsNorm.Forward(hidden, model.FinalNorm.Value.Pointer, (float)Config.RmsNormEpsilon, hidden, _arena.Rent(ends));
        model.Head.Forward(hidden, [logits], default, default);
        int end = -1;
        foreach (DecodeSlot slot in slots)
        {
            // A twin stands after the slot whose prompt it shares, and draws from the same logits.
            end += slot.Pending.IsEmpty ? 0 : 1;
            slot.Draw(logits.Row(end));
        }
    }
}
