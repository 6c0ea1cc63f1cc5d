using System.Numerics.Tensors;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// Final norm, logits and log-probabilities of the scored tokens only. Logits exist for a block of rows and a piece of the vocabulary at a time. Where neither the head
/// nor the norm is trained, ∂log π/∂x is taken there and then, W[y] − π·W through the norm, for backward to multiply by what the loss makes of it. Where they are,
/// backward needs the logits for their own gradients: it finds them where all of a pass fit in a chunk, and computes them again where not.
/// </summary>
internal sealed unsafe class ScoringHead
{
    /// <summary>Rows whose logits a worker computes at a time.</summary>
    public const int RowBlock = 8 * Tile.Height;

    /// <summary>Columns of them: what a block of rows has of them stays in the second cache.</summary>
    public const int Piece = 512;

    private const int ChunkFloats = 1 << 24;

    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly ForwardRun _run;
    private readonly GradientTasks _sums = new();
    private readonly Action<int, int, Arena> _forward;
    private readonly Action<int, int, Arena> _clear;
    private readonly Action<int, int, Arena> _scale;
    private readonly Action<int, int, Arena> _backward;

    /// <summary>Whether the head or the norm before it is trained.</summary>
    private readonly bool _trained;

    private float* _inverse;
    private float* _logSumExp;
    private float* _scores;
    private float* _entropies;
    private float* _highest;
    private float* _gradients;
    private Matrix _dLogits;
    private Matrix _hidden;
    private Matrix _normed;
    private Matrix _dNormed;
    private Matrix _dHidden;
    private Matrix _dx;
    private int _from;

    /// <summary>Where backward may follow: ∂log π/∂x of each scored token, or the logits of all of them.</summary>
    private bool _ahead;
    private bool _logitsKept;

    public ScoringHead(DecoderModel model, Machine machine, ForwardRun run)
    {
        (_model, _machine, _run) = (model, machine, run);
        (_forward, _clear, _scale, _backward) = (Forward, Clear, Scale, Backward);
        _trained = model.Head.IsTrained || model.FinalNorm.Gradient is not null;
    }

    /// <summary>log π of each scored token, in the order of <see cref="RowBatch.ScoredRows"/>.</summary>
    public Span<float> Scores => new(_scores, Rows);

    /// <summary>g = ∂L/∂log π of each scored token, for the caller to fill before <see cref="Backward(Matrix)"/>.</summary>
    public Span<float> Gradients => new(_gradients, Rows);

    /// <summary>Of each scored token, where <see cref="Lay"/> was told to find them: the distribution's entropy.</summary>
    public ReadOnlySpan<float> Entropies => new(_entropies, Rows);

    /// <summary>Likewise log π of the likeliest token.</summary>
    public ReadOnlySpan<float> Highest => new(_highest, Rows);

    private int Rows => _run.Batch.ScoredRows.Length;

    private int Vocabulary => _model.Config.VocabSize;

    public void Lay(Arena arena, bool keep, bool statistics)
    {
        _entropies = statistics ? arena.Rent(Rows) : null;
        _highest = statistics ? arena.Rent(Rows) : null;
        _inverse = arena.Rent(Rows);
        _logSumExp = arena.Rent(Rows);
        _scores = arena.Rent(Rows);
        (_ahead, _logitsKept) = (keep && !_trained, keep && _trained && Rows <= Chunk(Vocabulary));
        if (keep)
        {
            _gradients = arena.Rent(Rows);
            int width = _model.Config.HiddenSize;
            _dHidden = arena.Rent(_trained ? Math.Min(Chunk(Vocabulary), Rows) : Rows, width);
            if (_trained)
            {
                int chunk = _dHidden.Rows;
                _dLogits = arena.Rent(chunk, Vocabulary);
                _hidden = arena.Rent(chunk, width);
                _normed = arena.Rent(chunk, width);
                _dNormed = arena.Rent(chunk, width);
            }
        }
    }

    public void Forward() => _machine.RunRows(Rows, RowBlock, _forward);

    /// <summary>Writes ∂L/∂x of <see cref="ForwardRun.Output"/> and adds the gradients of the final norm and the head.</summary>
    public void Backward(Matrix dx)
    {
        _dx = dx;
        _machine.RunRows(dx.Rows, ForwardRun.RowBlock, _clear);
        if (_ahead)
        {
            _machine.RunRows(Rows, ForwardRun.RowBlock, _scale);
            _sums.Clear();
            _sums.AddRows(_run.Batch.ScoredNumbers(0, Rows), _dHidden, dx);
            _machine.Run(_sums);
            return;
        }

        int chunk = Chunk(Vocabulary);
        for (_from = 0; _from < Rows; _from += chunk)
        {
            int count = Math.Min(chunk, Rows - _from);
            _machine.RunRows(count, RowBlock, _backward);

            _sums.Clear();
            _sums.Add(_model.Head, _normed.Slice(0, count), [_dLogits.Slice(0, count)], default, default);
            _sums.AddNorm(_model.FinalNorm, _hidden.Slice(0, count), _inverse + _from, _dNormed.Slice(0, count));
            _sums.AddRows(_run.Batch.ScoredNumbers(_from, count), _dHidden, dx);
            _machine.Run(_sums);
        }
    }

    /// <summary>Rows whose ∂L/∂logits exist at a time.</summary>
    public static int Chunk(int vocabulary) => Math.Max(RowBlock, ChunkFloats / Matrix.Padded(vocabulary) / RowBlock * RowBlock);

    private void Forward(int first, int rows, Arena scratch)
    {
        scratch.Reset();
        int width = _model.Config.HiddenSize;
        LinearLayer head = _model.Head.Members[0];
        Matrix hidden = Gather(first, _logitsKept ? _hidden.Slice(first, rows) : scratch.Rent(rows, width));
        Matrix normed = _logitsKept ? _normed.Slice(first, rows) : scratch.Rent(rows, width);
        Matrix piece = scratch.Rent(rows, Math.Min(Piece, Vocabulary)), mean = _ahead ? scratch.Rent(rows, width) : default;
        float* max = scratch.Rent(rows), sum = scratch.Rent(rows), weighted = scratch.Rent(rows);
        RmsNorm.Forward(hidden, _model.FinalNorm.Value.Pointer, (float)_model.Config.RmsNormEpsilon, normed, _inverse + first);
        RunningSoftmax.Begin(max, sum, weighted, rows);
        for (int from = 0; from < Vocabulary; from += Piece)
        {
            int count = Math.Min(Piece, Vocabulary - from);
            Matrix exponentials = piece.Columns(0, count), logits = _logitsKept ? _dLogits.Slice(first, rows).Columns(from, count) : exponentials;
            Gemm.Multiply(normed, head.Forward, from / PackedMatrix.Strip, Matrix.Padded(count) / PackedMatrix.Strip, logits, add: false);
            for (int row = 0; row < rows; row++)
            {
                int target = _run.Batch.Targets[first + row] - from;
                if (target >= 0 && target < count)
                {
                    _scores[first + row] = logits.Row(row)[target];
                }

                float factor = RunningSoftmax.Take(logits.Row(row), count, exponentials.Row(row), max + row, sum + row, _entropies == null ? null : weighted + row);
                if (_ahead && from > 0 && factor != 1)
                {
                    Scale(mean.Row(row), factor, mean.Stride);
                }
            }

            if (_ahead)
            {
                Gemm.MultiplyPart(exponentials, head.Backward!, from, mean, add: from > 0);
            }
        }

        for (int row = 0; row < rows; row++)
        {
            float log = MathF.Log(sum[row]);
            _logSumExp[first + row] = max[row] + log;
            _scores[first + row] -= _logSumExp[first + row];
            if (_entropies != null)
            {
                _entropies[first + row] = log - (weighted[row] / sum[row]);
                _highest[first + row] = max[row] - _logSumExp[first + row];
            }
        }

        if (_ahead)
        {
            Differentiate(first, hidden, mean, sum, head.Backward!);
        }
    }

    /// <summary>From Σ exp(z − max)·W, ∂log π/∂x of each row: W[y] less the mean of W under π, back through the norm.</summary>
    private void Differentiate(int first, Matrix hidden, Matrix mean, float* sum, PackedMatrix head)
    {
        float one = 1;
        for (int row = 0; row < mean.Rows; row++)
        {
            Scale(mean.Row(row), -1 / sum[row], mean.Stride);
            Gemm.MultiplyPart(new Matrix(&one, 1, 1, 1), head, _run.Batch.Targets[first + row], mean.Slice(row, 1), add: true);
        }

        RmsNorm.Backward(hidden, _model.FinalNorm.Value.Pointer, _inverse + first, mean, default, _dHidden.Slice(first, mean.Rows));
    }

    private void Clear(int first, int rows, Arena scratch) => Elementwise.Clear(_dx.Row(first), (long)rows * _dx.Stride);

    private void Scale(int first, int rows, Arena scratch)
    {
        for (int row = first; row < first + rows; row++)
        {
            Scale(_dHidden.Row(row), _gradients[row], _dHidden.Stride);
        }
    }

    private static void Scale(float* values, float factor, int length)
    {
        var span = new Span<float>(values, length);
        TensorPrimitives.Multiply(span, factor, span);
    }

    private void Backward(int at, int rows, Arena scratch)
    {
        int first = _from + at;
        Matrix hidden = _hidden.Slice(at, rows), normed = _normed.Slice(at, rows), dLogits = _dLogits.Slice(at, rows), dNormed = _dNormed.Slice(at, rows);
        if (!_logitsKept)
        {
            Gather(first, hidden);
            RmsNorm.Again(hidden, _model.FinalNorm.Value.Pointer, _inverse + first, normed);
            _model.Head.Forward(normed, [dLogits], default, default);
        }

        for (int row = 0; row < rows; row++)
        {
            // A row of logits becomes g·(1[y] − π).
            float g = _gradients[first + row];
            RowSoftmax.Probabilities(dLogits.Row(row), Vocabulary, dLogits.Stride, 1, _logSumExp[first + row], -g);
            dLogits.Row(row)[_run.Batch.Targets[first + row]] += g;
        }

        _model.Head.Backward([dLogits], dNormed, default);
        RmsNorm.Backward(hidden, _model.FinalNorm.Value.Pointer, _inverse + first, dNormed, default, _dHidden.Slice(at, rows));
    }

    private Matrix Gather(int first, Matrix hidden)
    {
        ReadOnlySpan<int> scoredRows = _run.Batch.ScoredRows;
        for (int row = 0; row < hidden.Rows; row++)
        {
            float* from = _run.Output.Row(scoredRows[first + row]);
            new ReadOnlySpan<float>(from, hidden.Stride).CopyTo(new Span<float>(hidden.Row(row), hidden.Stride));
        }

        return hidden;
    }
}
