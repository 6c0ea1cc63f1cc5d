using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Weights;
using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>A forward run whose graph is kept. Several may be open at once; each holds its own until disposed.</summary>
internal sealed class ForwardPass : IForwardPass
{
    private readonly WeightStore _weights;
    private readonly Decoder _decoder;
    private readonly BatchRun[] _runs;
    private readonly int[] _valued;
    private bool _backward;
    private bool _disposed;

    public ForwardPass(WeightStore weights, IReadOnlyList<TokenSequence> sequences, PassOptions options)
    {
        IReadOnlyList<PaddedBatch> batches = weights.Batches(sequences, mostTokens: int.MaxValue);
        _weights = weights;
        using IDisposable grad = torch.enable_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        weights.Rotary.Reserve(batches.Select(batch => batch.Rows).DefaultIfEmpty().Max());
        _decoder = weights.Open(gradient: true);
        _runs = [.. batches.Select(batch => new BatchRun(
            _decoder, weights.Placement, batch, new BatchNoise(sequences, batch, options, weights.Config, weights.Dropout, weights.Placement), options.Statistics))];
        _decoder.Keep();
        LogProbabilities = Scores.Split(sequences, _runs, run => run.Scores);
        Statistics = options.Statistics
            ? new PassStatistics(Scores.Split(sequences, _runs, run => run.Statistics.Entropy), Scores.Split(sequences, _runs, run => run.Statistics.Likeliest))
            : null;
        _valued = [.. Enumerable.Range(0, sequences.Count).Where(member => sequences[member].Valued)];
        Values = weights.HasRewardHead ? Scores.Values(sequences, _runs) : null;
        GC.KeepAlive(this);
    }

    public IReadOnlyList<float[]> LogProbabilities { get; }

    public PassStatistics? Statistics { get; }

    public IReadOnlyList<float>? Values { get; }

    public void Backward(IReadOnlyList<float[]> gradients, IReadOnlyList<float>? valueGradients = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_backward)
        {
            throw new InvalidOperationException("A forward pass can be run backward once.");
        }

        if (gradients.Count != LogProbabilities.Count || gradients.Zip(LogProbabilities).Any(pair => pair.First.Length != pair.Second.Length))
        {
            throw new ArgumentException("The gradients do not have the shape of the log-probabilities.", nameof(gradients));
        }

        if ((valueGradients?.Count ?? 0) != _valued.Length)
        {
            throw new ArgumentException($"{valueGradients?.Count ?? 0} gradients were given for {_valued.Length} values.", nameof(valueGradients));
        }

        _backward = true;
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor? headGradient = _decoder.Leaves.TryGetValue(_decoder.HeadName, out torch.Tensor? head) ? torch.zeros_like(head, requires_grad: false) : null;
        foreach (BatchRun run in _runs)
        {
            run.Backward(
                [.. run.Batch.Members.SelectMany(member => gradients[member])],
                [.. run.Batch.ValuedMembers.Select(member => valueGradients![Array.IndexOf(_valued, member)])], headGradient);
        }

        using IDisposable noGrad = torch.no_grad();
        foreach (TrainedTensor trained in _weights.Trained)
        {
            if (_decoder.Leaves[trained.Name].grad is { } gradient)
            {
                trained.Accumulate(gradient);
            }

            if (trained.Name == _decoder.HeadName)
            {
                trained.Accumulate(headGradient!);
            }
        }

        GC.KeepAlive(this);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _decoder.Release();
            Array.ForEach(_runs, run => run.Dispose());
        }
    }
}
