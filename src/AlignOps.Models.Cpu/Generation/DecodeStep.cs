using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>Runs the pending tokens of some requests through the decoder, over all workers, and draws each request's next token.</summary>
internal sealed unsafe class DecodeStep
{
    /// <summary>Rows of small work that a worker takes at a time.</summary>
    private const int FewRows = 16;

    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly PanelProducts _products;
    private readonly PagedAttention _attention;
    private readonly Arena _arena = new();
    private readonly List<DecodeItem> _items = [];
    private readonly List<(DecodeSlot Slot, int Row)> _draws = [];
    private readonly List<int> _ends = [];
    private readonly int _group;
    private readonly int _promptRows;
    private readonly Action<int, Arena> _place;
    private readonly Action<int, Arena> _attend;
    private readonly Action<int, int, Arena> _norm;
    private readonly Action<int, Arena> _draw;

    private LayerRows _rows;
    private Matrix _residual;
    private Matrix _normed;
    private Matrix _logits;
    private float* _inverse;
    private float* _gamma;
    private int _layer;

    public DecodeStep(DecoderModel model, Machine machine, PageLayout layout)
    {
        (_model, _machine, _group) = (model, machine, model.Config.HeadCount / model.Config.KeyValueHeadCount);
        _products = new PanelProducts(machine);
        _attention = new PagedAttention(model.Config, layout);
        _promptRows = PromptRows(model.Config);
        (_place, _attend, _norm, _draw) = (Place, Attend, Norm, Draw);
    }

    private PolicyConfig Config => _model.Config;

    public void Run(List<DecodeSlot> slots)
    {
        int rows = Collect(slots);
        _arena.Reset();
        _residual = _arena.Rent(rows, Config.HiddenSize);
        _normed = _arena.Rent(rows, Config.HiddenSize);
        _inverse = _arena.Rent(rows);
        _rows = LayerRows.Rent(_arena, Config, _model.Layers[0], _residual, _residual, _residual);
        Matrix gated = _arena.Rent(rows, Config.IntermediateSize);
        Embed();
        for (_layer = 0; _layer < _model.Layers.Count; _layer++)
        {
            DecoderLayer layer = _model.Layers[_layer];
            Normalise(layer.InputNorm);
            _products.Run(layer.Attention, _normed, [_rows.RawQueries, _rows.RawKeys, _rows.Values], _rows.Shared.Attention);
            _machine.Run(_items.Count, _place);
            _machine.Run(_items.Count * Config.KeyValueHeadCount, _attend);
            _products.Run(layer.Output, _rows.Attended, [_residual], _rows.Shared.Output, add: true);
            Normalise(layer.MlpNorm);
            _products.Run(layer.GateUp, _normed, [_rows.Gate, _rows.Up], _rows.Shared.GateUp, gated: gated);
            _products.Run(layer.Down, gated, [_residual], _rows.Shared.Down, add: true);
        }

        DrawAll();
    }

    /// <summary>Rows of prompts that a step takes in beside those that decode: about as many as keep it short of a second on a small machine.</summary>
    private static int PromptRows(PolicyConfig config) =>
        (int)Math.Clamp((1L << 34) / Math.Max(1, config.LayerCount * (long)config.HiddenSize * (config.IntermediateSize + config.HiddenSize) * 3), 64, 512);

    private int Collect(List<DecodeSlot> slots)
    {
        _items.Clear();
        _draws.Clear();
        _ends.Clear();
        int rows = 0, budget = _promptRows;
        foreach (DecodeSlot slot in slots)
        {
            slot.Plan(budget);
            budget -= slot.Cached < slot.Prompt.Length ? slot.Pending : 0;
            for (int first = 0; first < slot.Pending; first += Tile.Height)
            {
                int count = Math.Min(Tile.Height, slot.Pending - first);
                _items.Add(new DecodeItem(slot, rows, count, slot.Cached + first));
                rows += count;
            }

            if (slot.Draws && !slot.IsTwin)
            {
                _draws.Add((slot, _ends.Count));
                _ends.Add(rows - 1);
            }
        }

        foreach (DecodeSlot slot in slots)
        {
            if (slot.Draws && slot.IsTwin)
            {
                _draws.Add((slot, _draws.Find(draw => slot.IsTwinOf(draw.Slot)).Row));
            }
        }

        return rows;
    }

    private void Embed()
    {
        Span<int> tokens = stackalloc int[Tile.Height];
        foreach (DecodeItem item in _items)
        {
            for (int i = 0; i < item.Rows; i++)
            {
                tokens[i] = item.Slot.Token(item.Position + i);
            }

            BlockForward.Embed(_model, tokens[..item.Rows], _residual.Slice(item.FirstRow, item.Rows));
        }
    }

    private void Normalise(Weight gamma)
    {
        _gamma = gamma.Value.Pointer;
        _machine.RunRows(_residual.Rows, FewRows, _norm);
    }

    private void Norm(int first, int rows, Arena scratch) =>
        RmsNorm.Forward(_residual.Slice(first, rows), _gamma, (float)Config.RmsNormEpsilon, _normed.Slice(first, rows), _inverse + first);

    /// <summary>Norms and rotates an item's queries and keys, and puts its keys and values in their pages.</summary>
    private void Place(int index, Arena scratch)
    {
        DecodeItem item = _items[index];
        LayerRows rows = _rows.Slice(item.FirstRow, item.Rows, Config.HeadCount);
        Span<int> positions = stackalloc int[item.Rows];
        for (int i = 0; i < item.Rows; i++)
        {
            positions[i] = item.Position + i;
        }

        BlockForward.Turn(_model, _model.Layers[_layer], rows, positions);
        for (int head = 0; head < Config.KeyValueHeadCount; head++)
        {
            for (int i = 0; i < item.Rows; i++)
            {
                _attention.Append(item.Slot, _layer, head, positions[i], rows.Keys.Row(i) + (head * Config.HeadDim), rows.Values.Row(i) + (head * Config.HeadDim));
            }
        }
    }

    private void Attend(int task, Arena scratch)
    {
        (int index, int keyHead) = (task / Config.KeyValueHeadCount, task % Config.KeyValueHeadCount);
        (DecodeSlot slot, int first, int rows, int position) = _items[index];
        int window = _model.Layers[_layer].Window, at = keyHead * _group * Config.HeadDim;
        float* q = _rows.Queries.Row(first) + at;
        float* o = _rows.Attended.Row(first) + at;
        if (rows == 1)
        {
            // The heads that share keys and values are rows of one product.
            for (int head = 0; head < _group; head += Tile.Height)
            {
                int skip = head * Config.HeadDim;
                _attention.Forward(slot, _layer, keyHead, q + skip, Config.HeadDim, Math.Min(Tile.Height, _group - head), position + 1, 0, window, o + skip, Config.HeadDim, scratch);
            }

            return;
        }

        for (int head = 0; head < _group; head++)
        {
            int skip = head * Config.HeadDim;
            _attention.Forward(slot, _layer, keyHead, q + skip, _rows.Queries.Stride, rows, position + 1, 1, window, o + skip, _rows.Attended.Stride, scratch);
        }
    }

    private void DrawAll()
    {
        Matrix hidden = _arena.Rent(_ends.Count, Config.HiddenSize);
        for (int i = 0; i < _ends.Count; i++)
        {
            new ReadOnlySpan<float>(_residual.Row(_ends[i]), _residual.Stride).CopyTo(new Span<float>(hidden.Row(i), hidden.Stride));
        }

        _logits = _arena.Rent(_ends.Count, Config.VocabSize);
        (_residual, _normed) = (hidden, _normed.Slice(0, _ends.Count));
        Normalise(_model.FinalNorm);
        _products.Run(_model.Head, _normed, [_logits], default);
        _machine.Run(_draws.Count, _draw);
    }

    private void Draw(int index, Arena scratch) => _draws[index].Slot.Draw(_logits.Row(_draws[index].Row));
}
