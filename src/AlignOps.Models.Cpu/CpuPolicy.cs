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

    public PolicyConfig Config => model.Config;

    protected DecoderModel Model => model;

    protected Machine Machine => machine;

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        Prepare();
        var scores = new List<float[]>(sequences.Count);
        for (int first = 0, end; first < sequences.Count; first = end)
        {
            int rows = 0;
            for (end = first; end < sequences.Count && (end == first || rows + sequences[end].Tokens.Length <= RowsPerRun); end++)
            {
                rows += sequences[end].Tokens.Length;
            }

            scores.AddRange(Score(new RowBatch([.. sequences.Skip(first).Take(end - first)], Config)));
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

    public void Dispose() => machine.Release();

    /// <summary>Packs the weights that training may have changed since the last call.</summary>
    protected void Prepare()
    {
        if (model.Trained.Count > 0)
        {
            ProjectionGroup[] groups = [.. model.Groups];
            machine.Run(groups.Length, (index, _) => groups[index].Pack());
        }
    }

    private float[][] Score(RowBatch batch)
    {
        Arena arena = machine.RentArena();
        model.Rotary.Reserve(batch.Positions.DefaultIfEmpty().Max() + 1);
        var run = new ForwardRun(model, batch, machine, arena, keep: false);
        run.Run();
        float[][] scores = batch.Split(new ScoringHead(model, machine, run, arena).Forward());
        machine.Return(arena);
        return scores;
    }
}
