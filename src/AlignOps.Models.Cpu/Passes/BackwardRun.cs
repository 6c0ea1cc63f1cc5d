using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// The way back through a forward run that was kept. Blocks go last to first, in three steps each: the MLP's rows; attention, beside the sums over rows that are ready;
/// the projections' rows. Every step's tasks write to different places and add in a fixed order.
/// </summary>
internal sealed unsafe class BackwardRun
{
    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly ForwardRun _run;

    private readonly Matrix _dOutput;
    private readonly Matrix _dMiddle;
    private readonly Matrix _dGate;
    private readonly Matrix _dUp;
    private readonly Matrix _gated;
    private readonly Matrix _dAttended;
    private readonly Matrix _dQueries;
    private readonly Matrix _dKeys;
    private readonly Matrix _dValues;
    private readonly Matrix _normed;
    private readonly Matrix _dNormed;
    private readonly Matrix _middleNormed;
    private readonly Matrix _dMiddleNormed;

    public BackwardRun(DecoderModel model, Machine machine, ForwardRun run, Arena arena)
    {
        (_model, _machine, _run) = (model, machine, run);
        int rows = run.Batch.Rows, hidden = model.Config.HiddenSize;
        int queryWidth = model.Config.HeadCount * model.Config.HeadDim, keyValueWidth = model.Config.KeyValueHeadCount * model.Config.HeadDim;
        _dOutput = arena.Rent(rows, hidden);
        _dMiddle = arena.Rent(rows, hidden);
        _dGate = arena.Rent(rows, model.Config.IntermediateSize);
        _dUp = arena.Rent(rows, model.Config.IntermediateSize);
        _gated = arena.Rent(rows, model.Config.IntermediateSize);
        _dAttended = arena.Rent(rows, queryWidth);
        _dQueries = arena.Rent(rows, queryWidth);
        _dKeys = arena.Rent(rows, keyValueWidth);
        _dValues = arena.Rent(rows, keyValueWidth);
        _normed = arena.Rent(rows, hidden);
        _dNormed = arena.Rent(rows, hidden);
        _middleNormed = arena.Rent(rows, hidden);
        _dMiddleNormed = arena.Rent(rows, hidden);
    }

    /// <summary>The gradient of the residual stream: the scoring head writes it for the last block's output.</summary>
    public Matrix DOutput => _dOutput;

    public void Run(Arena arena)
    {
        var ready = new GradientTasks();
        for (int index = _model.Layers.Count - 1; index >= 0; index--)
        {
            DecoderLayer layer = _model.Layers[index];
            LayerRows rows = _run.Layers[index];
            GroupProducts shared = GroupProducts.Rent(arena, layer, _run.Batch.Rows);

            RunRows(ready, (first, count, scratch) => MlpRows(layer, Slice(rows, first, count), shared.Slice(first, count), first, scratch));

            ready = new GradientTasks();
            ready.Add(layer.Down, _gated, [_dOutput], rows.Shared.Down, shared.Down);
            ready.Add(layer.GateUp, _middleNormed, [_dGate, _dUp], rows.Shared.GateUp, shared.GateUp);
            ready.Add(layer.Output, rows.Attended, [_dMiddle], rows.Shared.Output, shared.Output);
            ready.AddNorm(layer.MlpNorm, rows.Middle, rows.MiddleInverse, _dMiddleNormed);
            Beside(_run.Attention.Tasks, ready, (task, scratch) =>
                _run.Attention.Backward(task, rows, _dAttended, _dQueries, _dKeys, _dValues, scratch));

            bool last = index == 0 && _model.Embedding.Gradient is null;
            RunRows(new GradientTasks(), (first, count, _) => ProjectionRows(layer, Slice(rows, first, count), shared.Attention.Slice(first, count), first, last));

            ready = new GradientTasks();
            ready.Add(layer.Attention, _normed, [_dQueries, _dKeys, _dValues], rows.Shared.Attention, shared.Attention);
            ready.AddNorm(layer.InputNorm, rows.Input, rows.InputInverse, _dNormed);
        }

        ready.AddEmbedding(_model.Embedding, _run.Batch.Tokens, _dOutput);
        _machine.Run(ready);
    }

    private void MlpRows(DecoderLayer layer, LayerRows rows, GroupProducts shared, int first, Arena scratch)
    {
        scratch.Reset();
        int count = rows.Input.Rows;
        float* gamma = layer.MlpNorm.Value.Pointer;
        Matrix dGated = scratch.Rent(count, _gated.Width);
        Matrix dOutput = _dOutput.Slice(first, count), dMiddle = _dMiddle.Slice(first, count), dNormed = _dMiddleNormed.Slice(first, count);
        Matrix dGate = _dGate.Slice(first, count), dUp = _dUp.Slice(first, count);
        layer.Down.Backward([dOutput], dGated, shared.Down);
        Elementwise.SwiGluBackward(rows.Gate, rows.Up, dGated, dGate, dUp, _gated.Slice(first, count));
        layer.GateUp.Backward([dGate, dUp], dNormed, shared.GateUp);
        if (layer.GateUp.IsTrained)
        {
            RmsNorm.Again(rows.Middle, gamma, rows.MiddleInverse, _middleNormed.Slice(first, count));
        }

        RmsNorm.Backward(rows.Middle, gamma, rows.MiddleInverse, dNormed, dOutput, dMiddle);
        layer.Output.Backward([dMiddle], _dAttended.Slice(first, count), shared.Output);
    }

    private void ProjectionRows(DecoderLayer layer, LayerRows rows, Matrix shared, int first, bool last)
    {
        int count = rows.Input.Rows;
        float* gamma = layer.InputNorm.Value.Pointer;
        Matrix dQueries = _dQueries.Slice(first, count), dKeys = _dKeys.Slice(first, count), dValues = _dValues.Slice(first, count);
        BlockForward.Rotate(_model, dQueries, dKeys, _run.Batch.Positions.AsSpan(first, count), -1);
        Matrix dNormed = last ? default : _dNormed.Slice(first, count);
        layer.Attention.Backward([dQueries, dKeys, dValues], dNormed, shared);
        if (layer.Attention.IsTrained)
        {
            RmsNorm.Again(rows.Input, gamma, rows.InputInverse, _normed.Slice(first, count));
        }

        if (!last)
        {
            RmsNorm.Backward(rows.Input, gamma, rows.InputInverse, dNormed, _dMiddle.Slice(first, count), _dOutput.Slice(first, count));
        }
    }

    private LayerRows Slice(LayerRows rows, int first, int count) => rows.Slice(first, count, _model.Config.HeadCount);

    /// <summary>Row blocks, and beside them sums that are ready.</summary>
    private void RunRows(GradientTasks ready, Action<int, int, Arena> task)
    {
        int rows = _run.Batch.Rows, block = ForwardRun.RowBlock;
        Beside((rows + block - 1) / block, ready, (index, scratch) => task(index * block, Math.Min(block, rows - (index * block)), scratch));
    }

    private void Beside(int count, GradientTasks ready, Action<int, Arena> task) => _machine.Run(count + ready.Count, (index, scratch) =>
    {
        if (index < count)
        {
            task(index, scratch);
        }
        else
        {
            ready.Run(index - count, scratch);
        }
    });
}
