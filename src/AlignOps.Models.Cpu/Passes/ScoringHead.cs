using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Final norm, logits and log-probabilities of the scored tokens only. Logits exist for a block of rows at a time and are computed again in backward.
/// </summary>
internal sealed unsafe class ScoringHead
{
    private const int RowBlock = 4 * Tile.Height;
    private const int ChunkFloats = 1 << 20;

    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly ForwardRun _run;
    private readonly float* _inverse;
    private readonly float* _logSumExp;

    public ScoringHead(DecoderModel model, Machine machine, ForwardRun run, Arena arena)
    {
        (_model, _machine, _run) = (model, machine, run);
        _inverse = arena.Rent(Rows);
        _logSumExp = arena.Rent(Rows);
    }

    private int Rows => _run.Batch.ScoredRows.Length;

    private int Vocabulary => _model.Config.VocabSize;

    /// <summary>log π of each scored token, in the order of <see cref="RowBatch.ScoredRows"/>.</summary>
    public float[] Forward()
    {
        var scores = new float[Rows];
        _machine.RunRows(Rows, RowBlock, (first, rows, scratch) =>
        {
            scratch.Reset();
            Matrix hidden = Gather(first, rows, scratch.Rent(rows, _model.Config.HiddenSize));
            Matrix normed = scratch.Rent(rows, _model.Config.HiddenSize);
            RmsNorm.Forward(hidden, _model.FinalNorm.Value.Pointer, (float)_model.Config.RmsNormEpsilon, normed, _inverse + first);
            Matrix logits = scratch.Rent(rows, Vocabulary);
            _model.Head.Forward(normed, [logits], default);
            for (int row = 0; row < rows; row++)
            {
                float log = RowSoftmax.LogSumExp(logits.Row(row), Vocabulary);
                _logSumExp[first + row] = log;
                scores[first + row] = logits.Row(row)[_run.Batch.Targets[first + row]] - log;
            }
        });
        return scores;
    }

    /// <summary>Given g = ∂L/∂log π of each scored token, writes ∂L/∂x of <see cref="ForwardRun.Output"/> and adds the gradients of the final norm and the head.</summary>
    public void Backward(float[] gradients, Matrix dx, Arena arena)
    {
        _machine.RunRows(dx.Rows, ForwardRun.RowBlock, (first, rows, _) => Elementwise.Clear(dx.Row(first), (long)rows * dx.Stride));
        int chunk = Math.Max(RowBlock, ChunkFloats / Matrix.Padded(Vocabulary) / RowBlock * RowBlock);
        int most = Math.Min(chunk, Rows), width = _model.Config.HiddenSize;
        Matrix dLogits = arena.Rent(most, Vocabulary), hidden = arena.Rent(most, width), normed = arena.Rent(most, width);
        Matrix dNormed = arena.Rent(most, width), dHidden = arena.Rent(most, width);
        for (int start = 0; start < Rows; start += chunk)
        {
            int from = start, count = Math.Min(chunk, Rows - start);
            _machine.RunRows(count, RowBlock, (first, rows, _) => BackwardRows(
                from + first, gradients, hidden.Slice(first, rows), normed.Slice(first, rows), dLogits.Slice(first, rows), dNormed.Slice(first, rows), dHidden.Slice(first, rows)));

            var tasks = new GradientTasks();
            tasks.Add(_model.Head, normed.Slice(0, count), [dLogits.Slice(0, count)], default, default);
            tasks.AddNorm(_model.FinalNorm, hidden.Slice(0, count), _inverse + from, dNormed.Slice(0, count));
            tasks.AddRows(_run.Batch.ScoredRows.AsMemory(from, count), dHidden, dx);
            _machine.Run(tasks);
        }
    }

    private void BackwardRows(int first, float[] gradients, Matrix hidden, Matrix normed, Matrix dLogits, Matrix dNormed, Matrix dHidden)
    {
        Gather(first, hidden.Rows, hidden);
        RmsNorm.Again(hidden, _model.FinalNorm.Value.Pointer, _inverse + first, normed);
        _model.Head.Forward(normed, [dLogits], default);
        for (int row = 0; row < hidden.Rows; row++)
        {
            float g = gradients[first + row];
            RowSoftmax.Probabilities(dLogits.Row(row), Vocabulary, dLogits.Stride, 1, _logSumExp[first + row], -g);
            dLogits.Row(row)[_run.Batch.Targets[first + row]] += g;
        }

        _model.Head.Backward([dLogits], dNormed, default);
        RmsNorm.Backward(hidden, _model.FinalNorm.Value.Pointer, _inverse + first, dNormed, default, dHidden);
    }

    private Matrix Gather(int first, int rows, Matrix hidden)
    {
        for (int row = 0; row < rows; row++)
        {
            float* from = _run.Output.Row(_run.Batch.ScoredRows[first + row]);
            new ReadOnlySpan<float>(from, hidden.Stride).CopyTo(new Span<float>(hidden.Row(row), hidden.Stride));
        }

        return hidden;
    }
}
