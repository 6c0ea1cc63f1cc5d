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
    private const int RowsPerRun = 4096;

    private readonly Generator _generator = new(model, machine);
    private readonly ProjectionGroup[] _groups = [.. model.Groups];
    private readonly Stack<ForwardPass> _passes = [];
    private Action<int, Arena>? _pack;

    public PolicyConfig Config => model.Config;

    protected DecoderModel Model => model;

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        Check(sequences);
        Prepare();
        var scores = new List<float[]>(sequences.Count);
        for (int first = 0, end; first < sequences.Count; first = end)
        {
            int rows = 0;
            for (end = first; end < sequences.Count && (end == first || rows + sequences[end].Tokens.Length <= RowsPerRun); end++)
            {
                rows += sequences[end].Tokens.Length;
            }

            using ForwardPass pass = Rent();
            pass.Open(sequences, first, end - first, keep: false);
            pass.Copy(scores);
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

    protected void Check(IReadOnlyList<TokenSequence> sequences)
    {
        for (int i = 0; i < sequences.Count; i++)
        {
            PolicyInput.Check(sequences[i], Config);
        }
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
