using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// A forward run with what it found, kept for backward or not. Several may be open at once. A pass goes home when it is disposed, with its memory, and is opened again
/// for another call: so a steady training step allocates nothing.
/// </summary>
internal sealed class ForwardPass : IForwardPass
{
    private readonly DecoderModel _model;
    private readonly Stack<ForwardPass> _home;
    private readonly Arena _measure = new(measures: true);
    private readonly Arena _arena = new();
    private readonly RowBatch _batch;
    private readonly ForwardRun _run;
    private readonly ScoringHead _head;
    private readonly ValueHead _values;
    private readonly BackwardRun _back;
    private readonly PassResults _results = new();
    private bool _open;
    private bool _kept;

    /// <param name="home">Takes the pass back when it is disposed.</param>
    public ForwardPass(DecoderModel model, Machine machine, Stack<ForwardPass> home)
    {
        (_model, _home) = (model, home);
        _batch = new RowBatch(model.Config.HiddenSize);
        _run = new ForwardRun(model, machine, _batch);
        _head = new ScoringHead(model, machine, _run);
        _values = new ValueHead(model, machine, _run);
        _back = new BackwardRun(model, machine, _run);
    }

    public IReadOnlyList<float[]> LogProbabilities => _results.LogProbabilities;

    public PassStatistics? Statistics { get; private set; }

    public IReadOnlyList<float>? Values => _model.RewardHead is null ? null : _results.Values;

    /// <summary>Floats of memory held.</summary>
    public long Held => _arena.Held;

    /// <summary>Runs some sequences forward that <see cref="CpuPolicy"/> has checked.</summary>
    /// <param name="training">What training asks for, in which case backward may follow; null for scores alone, without noise.</param>
    public void Open(IReadOnlyList<TokenSequence> sequences, int first, int count, PassOptions? training)
    {
        (_open, _kept) = (true, training is not null);
        bool statistics = training is { Statistics: true }, recomputes = training is { Recomputes: true };
        _batch.Fill(sequences, first, count, training);
        _model.Rotary.Reserve(_batch.Positioned);
        Lay(_measure, statistics, recomputes);
        _arena.Reserve(_measure.Rented);
        Lay(_arena, statistics, recomputes);
        _run.Run();
        _head.Forward();
        _values.Forward();
        Statistics = statistics ? _results.Statistics : null;
        if (_kept)
        {
            _results.Take(_batch, _head, _values, statistics);
        }

        GC.KeepAlive(this);
    }

    /// <summary>Copies the scores into arrays of the caller's.</summary>
    public void CopyScores(List<float[]> to)
    {
        int start = 0;
        for (int i = 0; i < _batch.Sequences.Count; start += _batch.Sequences[i++].Scored)
        {
            to.Add(_head.Scores.Slice(start, _batch.Sequences[i].Scored).ToArray());
        }

        GC.KeepAlive(this);
    }

    /// <summary>Copies the values of the sequences that asked for one.</summary>
    public void CopyValues(Span<float> to)
    {
        _values.Values.CopyTo(to);
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

        if ((valueGradients?.Count ?? 0) != _values.Values.Length)
        {
            throw new ArgumentException($"{valueGradients?.Count ?? 0} gradients were given for {_values.Values.Length} values.", nameof(valueGradients));
        }

        _kept = false;
        int start = 0;
        for (int i = 0; i < gradients.Count; start += gradients[i++].Length)
        {
            gradients[i].CopyTo(_head.Gradients[start..]);
        }

        for (int i = 0; i < valueGradients?.Count; i++)
        {
            _values.SetGradient(i, valueGradients[i]);
        }

        _head.Backward(_back.DOutput);
        _values.Backward(_back.DOutput);
        _back.Run();
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (_open)
        {
            _open = false;
            _results.Clear();
            _home.Push(this);
        }
    }

    private void Lay(Arena arena, bool statistics, bool recomputes)
    {
        arena.Reset();
        _run.Lay(arena, _kept, recomputes);
        _head.Lay(arena, _kept, statistics);
        _values.Lay(arena, _kept);
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
