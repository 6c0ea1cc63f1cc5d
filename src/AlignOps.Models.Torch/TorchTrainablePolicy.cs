using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Passes;
using AlignOps.Models.Torch.Weights;

namespace AlignOps.Models.Torch;

/// <summary>A policy in training: all of it, or with <paramref name="adapter"/> that alone.</summary>
/// <param name="configJson">The config of the checkpoint it began from, for the one it becomes; null where it is new.</param>
internal sealed class TorchTrainablePolicy(WeightStore weights, Adapter? adapter, string? configJson = null) : TorchPolicy(weights), ITrainablePolicy
{
    private readonly WeightStore _weights = weights;

    public IReadOnlyList<TrainableParameter> Parameters { get; } = [.. weights.Trained.Select(tensor => tensor.Parameter())];

    public IForwardPass Forward(IReadOnlyList<TokenSequence> sequences, PassOptions? options = null) =>
        new ForwardPass(_weights, sequences, options ?? PassOptions.None);

    public void Save(string directory)
    {
        NamedTensor[] tensors = [.. _weights.Trained.Select(tensor => tensor.Tensor())];
        if (adapter is null && configJson is not null)
        {
            Checkpoint.Write(directory, configJson, tensors);
        }
        else if (adapter is null)
        {
            Checkpoint.Write(directory, Config, tensors);
        }
        else
        {
            AdapterDirectory.Write(directory, adapter.Config, adapter.BaseModelName!, tensors);
        }
    }
}
