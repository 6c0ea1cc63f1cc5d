using AlignOps.Models.Cpu.Generation;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu;

/// <summary>A policy in memory that scores and generates.</summary>
internal class CpuPolicy(DecoderModel model, Machine machine) : IPolicyModel
{
    /// <summary>Rows scored in one run, so that a long list of sequences needs the memory of a short one.</summary>
    public const int RowsPerRun = 4096;

    private readonly Generator _generator = new(model, machine);
    private readonly ProjectionGroup[] _groups = [.. model.Groups];
    private readonly Stack<ForwardPass> _passes = [];
    private Action<int, Arena>? _pack;

    public PolicyConfig Config => model.Config;

    protected DecoderModel Model => model;

    protected Machine Machine => machine;

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        Check(sequences);
        Prepare();
        var scores = new List<float[]>(sequences.Count);
        for (int first = 0, end; first < sequences.Count; first = end)
        {
            end = EndOfRun(sequences, first);
            using ForwardPass pass = Rent();
            pass.Open(sequences, first, end - first, training: null);
            pass.CopyScores(scores);
        }

        GC.KeepAlive(this);
        return scores;
    }

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
    {
        Prepare();
        IReadOnlyList<GenerationResult> results = _generator.Run(requests, cancellationToken);
        GC.KeepAlive(this);
        return results;
    }

    public void Dispose() => _passes.Clear();

    /// <summary>The values of sequences that all ask for one, without noise.</summary>
    protected float[] Values(IReadOnlyList<TokenSequence> sequences)
    {
        Check(sequences);
        Prepare();
        var values = new float[sequences.Count];
        for (int first = 0, end; first < sequences.Count; first = end)
        {
            end = EndOfRun(sequences, first);
            using ForwardPass pass = Rent();
            pass.Open(sequences, first, end - first, training: null);
            pass.CopyValues(values.AsSpan(first));
        }

        GC.KeepAlive(this);
        return values;
    }

    protected void Check(IReadOnlyList<TokenSequence> sequences)
    {
        for (int i = 0; i < sequences.Count; i++)
        {
            PolicyInput.Check(sequences[i], Config);
            if (sequences[i].Valued && model.RewardHead is null)
            {
                throw new ArgumentException("A sequence asks for its value, and this policy has no reward head.", nameof(sequences));
            }
        }
    }

    private static int EndOfRun(IReadOnlyList<TokenSequence> sequences, int first)
    {
        int rows = 0, end = first;
        for (; end < sequences.Count && (end == first || rows + sequences[end].Tokens.Length <= RowsPerRun); end++)
        {
            rows += sequences[end].Tokens.Length;
        }

        return end;
    }

    /// <summary>A pass to open; it comes back when it is disposed.</summary>
    protected ForwardPass Rent() => _passes.TryPop(out ForwardPass? pass) ? pass : new ForwardPass(model, machine, _passes);

    /// <summary>Packs the weights that training may have changed since the last call.</summary>
    protected void Prepare()
    {
        if (model.Trained.Count > 0)
        {
            machine.Run(_groups.Length, _pack ??= (index, _) => _groups[index].Pack());
        }
    }
}
