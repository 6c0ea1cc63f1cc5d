using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu;

/// <summary>A policy in training: all of it, or with <paramref name="adapter"/> that alone.</summary>
/// <param name="configJson">The config of the checkpoint it began from, for the one it becomes; null where it is new.</param>
internal sealed class CpuTrainablePolicy(DecoderModel model, Machine machine, Adapter? adapter, string? configJson = null) : CpuPolicy(model, machine), ITrainablePolicy
{
    public IReadOnlyList<TrainableParameter> Parameters { get; } = [.. model.Trained.Select(weight => weight.Parameter())];

    public IForwardPass Forward(IReadOnlyList<TokenSequence> sequences, PassOptions? options = null)
    {
        Check(sequences);
        Prepare();
        ForwardPass pass = Rent();
        pass.Open(sequences, 0, sequences.Count, options ?? PassOptions.None);
        return pass;
    }

    public void Share(int count, Action<int> task) => Machine.Share(count, task);

    public void Save(string directory)
    {
        NamedTensor[] tensors = [.. Model.Trained.Select(weight => weight.Tensor())];
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
