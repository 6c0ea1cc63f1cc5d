using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// A forward run with its scores, kept for backward or not. Several may be open at once. A pass goes home when it is disposed, with its memory, and is opened again
/// for another call: so a steady training step allocates nothing.
/// </summary>
internal sealed class ForwardPass : IForwardPass
{
    private readonly DecoderModel _model;
    private readonly Stack<ForwardPass> _home;
    private readonly Arena _measure = new(measures: true);
    private readonly Arena _arena = new();
    private readonly RowBatch _batch = new();
    private readonly ForwardRun _run;
    private readonly ScoringHead _head;
    private readonly BackwardRun _back;
    private readonly ArrayStore<float> _arrays = new();
    private readonly List<float[]> _logProbabilities = [];
    private bool _open;
    private bool _kept;

    /// <param name="home">Takes the pass back when it is disposed.</param>
    public ForwardPass(DecoderModel model, Machine machine, Stack<ForwardPass> home)
    {
        (_model, _home) = (model, home);
        _run = new ForwardRun(model, machine, _batch);
        _head = new ScoringHead(model, machine, _run);
        _back = new BackwardRun(model, machine, _run);
    }

    /// <summary>The arrays are used again after <see cref="Dispose"/>.</summary>
    public IReadOnlyList<float[]> LogProbabilities => _logProbabilities;

    /// <summary>Floats of memory held.</summary>
    public long Held => _arena.Held;

    /// <summary>Runs some sequences forward that <see cref="PolicyInput"/> has passed.</summary>
    /// <param name="keep">Whether backward may follow.</param>
    public void Open(IReadOnlyList<TokenSequence> sequences, int first, int count, bool keep)
    {
        (_open, _kept) = (true, keep);
        _batch.Fill(sequences, first, count);
        _model.Rotary.Reserve(_batch.Positioned);
        Lay(_measure);
        _arena.Reserve(_measure.Rented);
        Lay(_arena);
        _run.Run();
        _head.Forward();
        GC.KeepAlive(this);
    }

    /// <summary>Copies the scores into arrays of the caller's.</summary>
    public void Copy(List<float[]> scores)
    {
        int start = 0;
        for (int i = 0; i < _batch.Sequences.Count; start += _batch.Sequences[i++].Scored)
        {
            scores.Add(_head.Scores.Slice(start, _batch.Sequences[i].Scored).ToArray());
        }

        GC.KeepAlive(this);
    }

    /// <summary>Shows the scores in arrays of the pass's.</summary>
    public void Show()
    {
        int start = 0;
        for (int i = 0; i < _batch.Sequences.Count; start += _batch.Sequences[i++].Scored)
        {
            float[] scores = _arrays.Rent(_batch.Sequences[i].Scored);
            _head.Scores.Slice(start, scores.Length).CopyTo(scores);
            _logProbabilities.Add(scores);
        }

        GC.KeepAlive(this);
    }

    public void Backward(IReadOnlyList<float[]> gradients, IReadOnlyList<float>? valueGradients = null)
    {
        ObjectDisposedException.ThrowIf(!_open, this);
        if (!_kept)
        {
            throw new InvalidOperationException("A forward pass can be run backward once.");
        }

        if (!Fit(gradients))
        {
            throw new ArgumentException("The gradients do not have the shape of the log-probabilities.", nameof(gradients));
        }

        _kept = false;
        int start = 0;
        for (int i = 0; i < gradients.Count; start += gradients[i++].Length)
        {
            gradients[i].CopyTo(_head.Gradients[start..]);
        }

        _head.Backward(_back.DOutput);
        _back.Run();
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        foreach (float[] scores in _logProbabilities)
        {
            _arrays.Return(scores);
        }

        _logProbabilities.Clear();
        _home.Push(this);
    }

    private void Lay(Arena arena)
    {
        arena.Reset();
        _run.Lay(arena, _kept);
        _head.Lay(arena, _kept);
        if (_kept)
        {
            _back.Lay(arena);
        }
    }

    private bool Fit(IReadOnlyList<float[]> gradients)
    {
        bool fit = gradients.Count == _batch.Sequences.Count;
        for (int i = 0; fit && i < gradients.Count; i++)
        {
            fit = gradients[i].Length == _batch.Sequences[i].Scored;
        }

        return fit;
    }
}
