using TorchSharp;

namespace AlignOps.Models.Torch.Passes;

/// <summary>Log-probabilities of targets from normed rows [rows, hidden]. Logits exist for a chunk of rows at a time, in fp32, and are computed again in backward.</summary>
internal sealed class ScoringHead(Decoder decoder, Placement placement)
{
    private readonly int _chunk = (int)Math.Max(1, placement.LogitElements / decoder.Head.shape[0]);

    /// <summary>log π of each target.</summary>
    public float[] Forward(torch.Tensor normed, long[] targets)
    {
        using IDisposable noGrad = torch.no_grad();
        var scores = new float[targets.Length];
        for (int first = 0; first < targets.Length; first += _chunk)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            int count = Math.Min(_chunk, targets.Length - first);
            torch.Tensor logits = Logits(normed.narrow(0, first, count));
            torch.Tensor chosen = logits.gather(1, placement.Place(targets[first..(first + count)], count, 1)).squeeze(1);
            HostCopy.To(chosen - logits.logsumexp(-1), scores.AsSpan(first, count));
        }

        return scores;
    }

    /// <summary>Entropies, and whether each target is the likeliest; one as likely as the likeliest counts as it.</summary>
    public TokenStatistics Statistics(torch.Tensor normed, long[] targets)
    {
        using IDisposable noGrad = torch.no_grad();
        float[] entropy = new float[targets.Length], behind = new float[targets.Length];
        for (int first = 0; first < targets.Length; first += _chunk)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            int count = Math.Min(_chunk, targets.Length - first);
            torch.Tensor logs = torch.nn.functional.log_softmax(Logits(normed.narrow(0, first, count)), -1);
            torch.Tensor chosen = logs.gather(1, placement.Place(targets[first..(first + count)], count, 1)).squeeze(1);
            HostCopy.To((logs.exp() * logs).sum(-1).neg(), entropy.AsSpan(first, count));
            HostCopy.To(logs.max(-1).values - chosen, behind.AsSpan(first, count));
        }

        return new TokenStatistics(entropy, Array.ConvertAll(behind, difference => difference <= 0));
    }

    /// <summary>∂L/∂normed from g = ∂L/∂log π, by ∂L/∂logits = g·(1[y] − π).</summary>
    /// <param name="headGradient">[vocabulary, hidden] in fp32, to which the head's gradient is added; null where the head is frozen.</param>
    public torch.Tensor Backward(torch.Tensor normed, long[] targets, float[] gradients, torch.Tensor? headGradient)
    {
        using IDisposable noGrad = torch.no_grad();
        torch.Tensor result = torch.empty_like(normed);
        for (int first = 0; first < targets.Length; first += _chunk)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            int count = Math.Min(_chunk, targets.Length - first);
            torch.Tensor rows = normed.narrow(0, first, count);
            torch.Tensor g = placement.PlaceSingle(gradients[first..(first + count)], count, 1);
            torch.Tensor slopes = torch.nn.functional.softmax(Logits(rows), -1).mul_(-g);
            slopes.scatter_add_(1, placement.Place(targets[first..(first + count)], count, 1), g);
            result.narrow(0, first, count).copy_(slopes.to(placement.Dtype).matmul(decoder.Head));
            if (headGradient is not null)
            {
                HeldScalars.AddTo(headGradient, slopes.transpose(0, 1).matmul(rows.to(torch.ScalarType.Float32)));
            }
        }

        return result;
    }

    private torch.Tensor Logits(torch.Tensor rows) => torch.nn.functional.linear(rows, decoder.Head).to(torch.ScalarType.Float32);
}
