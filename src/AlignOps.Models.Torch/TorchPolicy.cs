using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Generation;
using AlignOps.Models.Torch.Passes;
using AlignOps.Models.Torch.Weights;
using TorchSharp;

namespace AlignOps.Models.Torch;

/// <summary>A policy that scores and generates.</summary>
internal class TorchPolicy(WeightStore weights) : IPolicyModel
{
    /// <summary>Padded tokens scored in one run, so that a long list of sequences needs the memory of a short one.</summary>
    private const int TokensPerRun = 16_384;

    public PolicyConfig Config => weights.Config;

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        List<BatchRun> runs = Run(sequences);
        return Scores.Split(sequences, runs, run => run.Scores);
    }

    /// <summary>Runs sequences forward without noise; what the runs found stays, their tensors do not.</summary>
    protected List<BatchRun> Run(IReadOnlyList<TokenSequence> sequences)
    {
        IReadOnlyList<PaddedBatch> batches = weights.Batches(sequences, TokensPerRun);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        weights.Rotary.Reserve(batches.Select(batch => batch.Rows).DefaultIfEmpty().Max());
        Decoder decoder = weights.Open(gradient: false);
        List<BatchRun> runs = [];
        foreach (PaddedBatch batch in batches)
        {
            using var run = new BatchRun(decoder, weights.Placement, batch);
            runs.Add(run);
        }

        GC.KeepAlive(this);
        return runs;
    }

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        IReadOnlyList<GenerationResult> results = new BatchedGenerator(weights).Run(requests, cancellationToken);
        GC.KeepAlive(this);
        return results;
    }

    public void Dispose() => weights.Dispose();
}
