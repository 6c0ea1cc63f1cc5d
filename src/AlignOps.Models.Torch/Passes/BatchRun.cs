using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>A padded batch run forward: the normed rows that predict scored tokens, and their scores.</summary>
internal sealed class BatchRun : IDisposable
{
    private readonly ScoringHead _head;

    /// <summary>[scored tokens, hidden], with its graph where gradients are on.</summary>
    private readonly torch.Tensor _normed;

    public BatchRun(Decoder decoder, Placement placement, PaddedBatch batch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Batch = batch;
        _head = new ScoringHead(decoder, placement);
        torch.Tensor tokens = placement.Place(batch.Tokens, batch.Members.Count, batch.Rows);
        torch.Tensor hidden = decoder.Forward(tokens, decoder.Rotary.First(batch.Rows), Attention.Causal(decoder.Config));
        torch.Tensor scored = hidden.view(-1, hidden.shape[2]).index_select(0, placement.Place(batch.ScoredRows, batch.ScoredRows.Length));
        _normed = decoder.Norm(scored).DetachFromDisposeScope();
        Scores = _head.Forward(_normed, batch.Targets);
    }

    public PaddedBatch Batch { get; }

    /// <summary>log π of each scored token, member by member.</summary>
    public float[] Scores { get; }

    /// <summary>Runs backward into the decoder's leaves; the head's own gradient is added to <paramref name="headGradient"/>.</summary>
    public void Backward(float[] gradients, torch.Tensor? headGradient)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _normed.backward(grad_tensors: [_head.Backward(_normed, Batch.Targets, gradients, headGradient)]);
    }

    public void Dispose() => _normed.Dispose();
}
