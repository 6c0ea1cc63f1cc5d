using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>A padded batch run forward: the normed rows that predict scored tokens and their scores, and the values that were asked for.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly ScoringHead _head;
    private readonly Placement _placement;

    /// <summary>[scored tokens, hidden], with its graph where gradients are on; null where nothing is scored.</summary>
    private readonly torch.Tensor? _normed;

    /// <summary>[valued members, 1] likewise.</summary>
    private readonly torch.Tensor? _values;

    public BatchRun(Decoder decoder, Placement placement, PaddedBatch batch, BatchNoise? noise = null, bool statistics = false)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (Batch, _placement) = (batch, placement);
        _head = new ScoringHead(decoder, placement);
        torch.Tensor tokens = placement.Place(batch.Tokens, batch.Members.Count, batch.Rows);
        torch.Tensor hidden = decoder.Forward(tokens, decoder.Rotary.First(batch.Rows), Attention.Causal(decoder.Config), noise);
        torch.Tensor rows = hidden.view(-1, hidden.shape[2]);
        if (batch.ScoredRows.Length > 0)
        {
            _normed = decoder.Norm(rows.index_select(0, placement.Place(batch.ScoredRows, batch.ScoredRows.Length))).DetachFromDisposeScope();
            Scores = _head.Forward(_normed, batch.Targets);
            Statistics = statistics ? _head.Statistics(_normed, batch.Targets) : Statistics;
        }

        if (batch.ValuedRows.Length > 0)
        {
            torch.Tensor last = decoder.Norm(rows.index_select(0, placement.Place(batch.ValuedRows, batch.ValuedRows.Length)));
            _values = torch.nn.functional.linear(last, decoder.RewardHead!).to(torch.ScalarType.Float32).DetachFromDisposeScope();
            Values = new float[batch.ValuedRows.Length];
            HostCopy.To(_values, Values);
        }
    }

    public PaddedBatch Batch { get; }

    /// <summary>log π of each scored token, member by member.</summary>
    public float[] Scores { get; } = [];

    /// <summary>Likewise, where asked for.</summary>
    public TokenStatistics Statistics { get; } = new([], []);

    /// <summary>Of <see cref="PaddedBatch.ValuedMembers"/>.</summary>
    public float[] Values { get; } = [];

    /// <summary>Runs backward into the decoder's leaves; the head's own gradient is added to <paramref name="headGradient"/>.</summary>
    public void Backward(float[] gradients, float[] valueGradients, torch.Tensor? headGradient)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        List<torch.Tensor> roots = [], slopes = [];
        if (_normed is not null)
        {
            roots.Add(_normed);
            slopes.Add(_head.Backward(_normed, Batch.Targets, gradients, headGradient));
        }

        if (_values is not null)
        {
            roots.Add(_values);
            slopes.Add(_placement.PlaceSingle(valueGradients, valueGradients.Length, 1));
        }

        torch.autograd.backward(roots, slopes);
    }

    public void Dispose()
    {
        _normed?.Dispose();
        _values?.Dispose();
    }
}
