using System.Numerics.Tensors;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>v = w·norm(h) at the last token of each sequence whose value is asked for: the scalar head of transformers' sequence classification.</summary>
internal sealed unsafe class ValueHead
{
    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly ForwardRun _run;
    private readonly GradientTasks _sums = new();
    private readonly Action<int, int, Arena> _forward;
    private readonly Action<int, int, Arena> _backward;

    private float* _inverse;
    private float* _values;
    private Matrix _gradients;
    private Matrix _hidden;
    private Matrix _normed;
    private Matrix _dNormed;
    private Matrix _dHidden;

    public ValueHead(DecoderModel model, Machine machine, ForwardRun run)
    {
        (_model, _machine, _run) = (model, machine, run);
        (_forward, _backward) = (Forward, Backward);
    }

    /// <summary>In the order of <see cref="RowBatch.ValuedRows"/>.</summary>
    public ReadOnlySpan<float> Values => new(_values, Rows);

    private int Rows => _run.Batch.ValuedRows.Length;

    public void Lay(Arena arena, bool keep)
    {
        int width = _model.Config.HiddenSize;
        _inverse = arena.Rent(Rows);
        _values = arena.Rent(Rows);
        _hidden = arena.Rent(Rows, width);
        _normed = arena.Rent(Rows, width);
        if (keep)
        {
            _gradients = arena.Rent(Rows, 1);
            _dNormed = arena.Rent(Rows, width);
            _dHidden = arena.Rent(Rows, width);
        }
    }

    public void Forward() => _machine.RunRows(Rows, ForwardRun.RowBlock, _forward);

    /// <summary>∂L/∂v of a row, for the caller to set before <see cref="Backward(Matrix)"/>.</summary>
    public void SetGradient(int row, float gradient) => _gradients.Row(row)[0] = gradient;

    /// <summary>Adds ∂L/∂x of <see cref="ForwardRun.Output"/> to <paramref name="dx"/>, and the gradients of the head and the final norm.</summary>
    public void Backward(Matrix dx)
    {
        if (Rows == 0)
        {
            return;
        }

        _machine.RunRows(Rows, ForwardRun.RowBlock, _backward);
        _sums.Clear();
        _sums.Add(_model.RewardHead!, _normed, _gradients);
        _sums.AddNorm(_model.FinalNorm, _hidden, _inverse, _dNormed);
        _sums.AddRows(_run.Batch.ValuedNumbers, _dHidden, dx);
        _machine.Run(_sums);
    }

    private void Forward(int first, int rows, Arena scratch)
    {
        Matrix hidden = _hidden.Slice(first, rows), normed = _normed.Slice(first, rows);
        for (int row = 0; row < rows; row++)
        {
            float* from = _run.Output.Row(_run.Batch.ValuedRows[first + row]);
            new ReadOnlySpan<float>(from, hidden.Stride).CopyTo(new Span<float>(hidden.Row(row), hidden.Stride));
        }

        RmsNorm.Forward(hidden, _model.FinalNorm.Value.Pointer, (float)_model.Config.RmsNormEpsilon, normed, _inverse + first);
        for (int row = 0; row < rows; row++)
        {
            _values[first + row] = Elementwise.Dot(normed.Row(row), _model.RewardHead!.Value.Pointer, hidden.Width);
        }
    }

    private void Backward(int first, int rows, Arena scratch)
    {
        // The head's memory goes on with zeros, as the rows' padding is to.
        Matrix dNormed = _dNormed.Slice(first, rows);
        for (int row = 0; row < rows; row++)
        {
            var weights = new ReadOnlySpan<float>(_model.RewardHead!.Value.Pointer, dNormed.Stride);
            TensorPrimitives.Multiply(weights, _gradients.Row(first + row)[0], new Span<float>(dNormed.Row(row), dNormed.Stride));
        }

        RmsNorm.Backward(_hidden.Slice(first, rows), _model.FinalNorm.Value.Pointer, _inverse + first, dNormed, default, _dHidden.Slice(first, rows));
    }
}
