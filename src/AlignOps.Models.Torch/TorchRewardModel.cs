using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Passes;
using AlignOps.Models.Torch.Weights;

namespace AlignOps.Models.Torch;

/// <summary>A policy with an adapter and the adapter's scalar head.</summary>
internal sealed class TorchRewardModel(WeightStore weights) : TorchPolicy(weights), IRewardModel
{
    public float[] Score(IReadOnlyList<int[]> sequences)
    {
        TokenSequence[] valued = [.. sequences.Select(TokenSequence.ForValue)];
        return Scores.Values(valued, Run(valued));
    }
}
