using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// The way back through a forward run that was kept, laid out anew for each. Blocks go last to first, in three steps each: the MLP's rows; attention, beside the sums over rows that are ready;
/// the projections' rows. Every step's tasks write to different places and add in a fixed order.
/// </summary>
internal sealed unsafe class BackwardRun
{
    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly ForwardRun _run;

    private readonly GradientTasks _ready = new();
    private readonly GroupProducts[] _sharedGradients;
    private readonly Action<int, int, Arena> _mlp;
    private readonly Action<int, Arena> _attention;
    private readonly Action<int, int, Arena> _projections;
    private int _layer;

    private Matrix _dOutput;
    private Matrix _dMiddle;
    private Matrix _dGate;
    private Matrix _dUp;
    private Matrix _gated;
    private Matrix _dAttended;
    private Matrix _dQueries;
    private Matrix _dKeys;
    private Matrix _dRawQueries;
    private Matrix _dRawKeys;
    private Matrix _dValues;
    private Matrix _normed;
    private Matrix _dNormed;
    private Matrix _middleNormed;
    private Matrix _dMiddleNormed;

    /// <summary>What attention found, as the output projection's adapter read it; empty where training drops nothing.</summary>
    private Matrix _droppedAttended;

    public BackwardRun(DecoderModel model, Machine machine, ForwardRun run)
    {
        (_model, _machine, _run) = (model, machine, run);
        _sharedGradients = new GroupProducts[model.Layers.Count];
        (_mlp, _attention, _projections) = (MlpRows, Attention, ProjectionRows);
    }

    /// <summary>The gradient of the residual stream: the scoring head writes it for the last block's output.</summary>
    public Matrix DOutput => _dOutput;

    private PolicyConfig Config => _model.Config;

    public void Lay(Arena arena)
    {
        int rows = _run.Batch.Rows, hidden = Config.HiddenSize;
        int queryWidth = Config.HeadCount * Config.HeadDim, keyValueWidth = Config.KeyValueHeadCount * Config.HeadDim;
        _dOutput = arena.Rent(rows, hidden);
        _dMiddle = arena.Rent(rows, hidden);
        _dGate = arena.Rent(rows, Config.IntermediateSize);
        _dUp = arena.Rent(rows, Config.IntermediateSize);
        _gated = arena.Rent(rows, Config.IntermediateSize);
        _dAttended = arena.Rent(rows, queryWidth);
        _dQueries = arena.Rent(rows, queryWidth);
        _dKeys = arena.Rent(rows, keyValueWidth);
        _dValues = arena.Rent(rows, keyValueWidth);

        // A trained norm's own gradient needs what came before it was taken back.
        bool apart = _model.Layers[0].QueryNorm is { Gradient: not null };
        _dRawQueries = apart ? arena.Rent(rows, queryWidth) : _dQueries;
        _dRawKeys = apart ? arena.Rent(rows, keyValueWidth) : _dKeys;
        _normed = arena.Rent(rows, hidden);
        _dNormed = arena.Rent(rows, hidden);
        _middleNormed = arena.Rent(rows, hidden);
        _dMiddleNormed = arena.Rent(rows, hidden);
        _droppedAttended = _model.Dropout > 0 ? arena.Rent(rows, queryWidth) : default;
        for (int layer = 0; layer < _sharedGradients.Length; layer++)
        {
            _sharedGradients[layer] = GroupProducts.Rent(arena, _model.Layers[layer], rows);
        }
    }

    public void Run()
    {
        int count = _run.Batch.Rows;
        _ready.Clear();
        for (_layer = _model.Layers.Count - 1; _layer >= 0; _layer--)
        {
            if (_run.Recomputes)
            {
                // The sums that are ready read rows that the block before is about to use again.
                _machine.Run(_ready);
                _ready.Clear();
                _run.Again(_layer);
            }

            DecoderLayer layer = _model.Layers[_layer];
            LayerRows rows = _run.Layers[_layer];
            GroupProducts shared = _sharedGradients[_layer];

            _machine.RunRows(count, ForwardRun.RowBlock, _mlp, _ready);

            _ready.Clear();
            _ready.Add(layer.Down, _gated, [_dOutput], rows.Shared.Down, shared.Down);
            _ready.Add(layer.GateUp, _middleNormed, [_dGate, _dUp], rows.Shared.GateUp, shared.GateUp);
            _ready.Add(layer.Output, _run.DropoutOf(_layer, 0).Drops(layer.Output) ? _droppedAttended : rows.Attended, [_dMiddle], rows.Shared.Output, shared.Output);
            _ready.AddNorm(layer.MlpNorm, rows.Middle, rows.MiddleInverse, _dMiddleNormed);
            _machine.Run(_run.Attention.Tasks, _attention, _ready);

            _machine.RunRows(count, ForwardRun.RowBlock, _projections);

            _ready.Clear();
            _ready.Add(layer.Attention, _normed, [_dRawQueries, _dRawKeys, _dValues], rows.Shared.Attention, shared.Attention);
            _ready.AddHeadNorm(layer.QueryNorm, rows.RawQueries, rows.QueryInverse, _dQueries);
            _ready.AddHeadNorm(layer.KeyNorm, rows.RawKeys, rows.KeyInverse, _dKeys);
            _ready.AddNorm(layer.InputNorm, rows.Input, rows.InputInverse, _dNormed);
        }

        _ready.AddEmbedding(_model.Embedding, _run.Batch.TokenNumbers, _dOutput);
        _machine.Run(_ready);
    }

    private void Attention(int task, Arena scratch) =>
        _run.Attention.Backward(task, _run.Layers[_layer], _model.Layers[_layer].Window, _dAttended, _dQueries, _dKeys, _dValues, scratch);

    private void MlpRows(int first, int count, Arena scratch)
    {
        scratch.Reset();
        DecoderLayer layer = _model.Layers[_layer];
        LayerRows rows = _run.Layers[_layer].Slice(first, count, Config.HeadCount);
        GroupProducts shared = _sharedGradients[_layer].Slice(first, count);
        float* gamma = layer.MlpNorm.Value.Pointer;
        Matrix dGated = scratch.Rent(count, _gated.Width);
        Matrix dOutput = _dOutput.Slice(first, count), dMiddle = _dMiddle.Slice(first, count), dNormed = _dMiddleNormed.Slice(first, count);
        Matrix dGate = _dGate.Slice(first, count), dUp = _dUp.Slice(first, count);
        Matrix gated = _gated.Slice(first, count), normed = _middleNormed.Slice(first, count);
        RowDropout dropout = _run.DropoutOf(_layer, first);
        Back(layer.Down, AdapterInput.Down, [dOutput], dGated, shared.Down, dropout, scratch);
        Elementwise.SwiGluBackward(rows.Gate, rows.Up, dGated, dGate, dUp, gated);
        Redraw(layer.Down, AdapterInput.Down, gated, gated, dropout);
        Back(layer.GateUp, AdapterInput.GateUp, [dGate, dUp], dNormed, shared.GateUp, dropout, scratch);
        if (layer.GateUp.IsTrained)
        {
            RmsNorm.Again(rows.Middle, gamma, rows.MiddleInverse, normed);
            Redraw(layer.GateUp, AdapterInput.GateUp, normed, normed, dropout);
        }

        RmsNorm.Backward(rows.Middle, gamma, rows.MiddleInverse, dNormed, dOutput, dMiddle);
        Back(layer.Output, AdapterInput.Output, [dMiddle], _dAttended.Slice(first, count), shared.Output, dropout, scratch);
        Redraw(layer.Output, AdapterInput.Output, rows.Attended, _droppedAttended.Slice(first, count), dropout);
    }

    private void ProjectionRows(int first, int count, Arena scratch)
    {
        scratch.Reset();
        DecoderLayer layer = _model.Layers[_layer];
        LayerRows rows = _run.Layers[_layer].Slice(first, count, Config.HeadCount);
        Matrix shared = _sharedGradients[_layer].Slice(first, count).Attention;
        bool last = _layer == 0 && _model.Embedding.Gradient is null;
        float* gamma = layer.InputNorm.Value.Pointer;
        Matrix dQueries = _dQueries.Slice(first, count), dKeys = _dKeys.Slice(first, count), dValues = _dValues.Slice(first, count);
        BlockForward.Rotate(_model, dQueries, dKeys, _run.Batch.Positions.Slice(first, count), -1);
        Matrix dRawQueries = _dRawQueries.Slice(first, count), dRawKeys = _dRawKeys.Slice(first, count);
        if (layer is { QueryNorm: { } queryNorm, KeyNorm: { } keyNorm })
        {
            HeadNorm.Backward(rows.RawQueries, Config.HeadDim, queryNorm.Value.Pointer, rows.QueryInverse, dQueries, dRawQueries);
            HeadNorm.Backward(rows.RawKeys, Config.HeadDim, keyNorm.Value.Pointer, rows.KeyInverse, dKeys, dRawKeys);
        }

        Matrix dNormed = last ? default : _dNormed.Slice(first, count);
        RowDropout dropout = _run.DropoutOf(_layer, first);
        Back(layer.Attention, AdapterInput.Attention, [dRawQueries, dRawKeys, dValues], dNormed, shared, dropout, scratch);
        if (layer.Attention.IsTrained)
        {
            Matrix normed = _normed.Slice(first, count);
            RmsNorm.Again(rows.Input, gamma, rows.InputInverse, normed);
            Redraw(layer.Attention, AdapterInput.Attention, normed, normed, dropout);
        }

        if (!last)
        {
            RmsNorm.Backward(rows.Input, gamma, rows.InputInverse, dNormed, _dMiddle.Slice(first, count), _dOutput.Slice(first, count));
        }
    }

    /// <summary>dx of a group for some rows, the adapters' part of it through their dropout.</summary>
    private static void Back(
        ProjectionGroup group, AdapterInput input, ReadOnlySpan<Matrix> gradients, Matrix dx, Matrix shared, RowDropout dropout, Arena scratch)
    {
        if (dx.IsEmpty || !dropout.Drops(group))
        {
            group.Backward(gradients, dx, shared);
            return;
        }

        Matrix part = scratch.Rent(dx.Rows, dx.Width);
        group.Backward(gradients, dx, shared, part);
        dropout.Add(input, part, dx);
    }

    /// <summary>Some rows as the group's adapters read them, for their gradients.</summary>
    private static void Redraw(ProjectionGroup group, AdapterInput input, Matrix rows, Matrix to, RowDropout dropout)
    {
        if (dropout.Drops(group))
        {
            dropout.Apply(input, rows, to);
        }
    }
}
