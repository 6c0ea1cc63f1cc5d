using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>A kept forward run with its scores. Several may be open at once; each holds an arena until disposed.</summary>
internal sealed class ForwardPass : IForwardPass
{
    private readonly DecoderModel _model;
    private readonly Machine _machine;
    private readonly ForwardRun _run;
    private readonly ScoringHead _head;
    private Arena? _arena;
    private bool _backward;

    public ForwardPass(DecoderModel model, Machine machine, RowBatch batch)
    {
        (_model, _machine) = (model, machine);
        _arena = machine.RentArena();
        model.Rotary.Reserve(batch.Positions.DefaultIfEmpty().Max() + 1);
        _run = new ForwardRun(model, batch, machine, _arena, keep: true);
        _run.Run();
        _head = new ScoringHead(model, machine, _run, _arena);
        LogProbabilities = batch.Split(_head.Forward());
        GC.KeepAlive(this);
    }

    public IReadOnlyList<float[]> LogProbabilities { get; }

    public void Backward(IReadOnlyList<float[]> gradients, IReadOnlyList<float>? valueGradients = null)
    {
        ObjectDisposedException.ThrowIf(_arena is null, this);
        if (_backward)
        {
            throw new InvalidOperationException("A forward pass can be run backward once.");
        }

        if (gradients.Count != LogProbabilities.Count || gradients.Zip(LogProbabilities).Any(pair => pair.First.Length != pair.Second.Length))
        {
            throw new ArgumentException("The gradients do not have the shape of the log-probabilities.", nameof(gradients));
        }

        _backward = true;
        var back = new BackwardRun(_model, _machine, _run, _arena);
        _head.Backward([.. gradients.SelectMany(g => g)], back.DOutput, _arena);
        back.Run(_arena);
        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (_arena is { } arena)
        {
            _arena = null;
            _machine.Return(arena);
        }
    }
}
