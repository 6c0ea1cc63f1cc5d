using AlignOps.Models.Policies;

namespace AlignOps.Models.Checkpoints;

/// <summary>
/// An opened Hugging Face checkpoint directory: its config, and its tensors by Hugging Face's names, wherever the shards keep them.
/// Opened by <c>Checkpoint.Open(directory)</c>, which checks every shape against the config; written by <c>Checkpoint.Write</c>.
/// </summary>
public interface ICheckpoint : IWeightSource, IDisposable
{
    PolicyConfig Config { get; }

    /// <summary>config.json as it stands, for a checkpoint made from this one.</summary>
    string ConfigJson { get; }

    IReadOnlyCollection<string> TensorNames { get; }

    IReadOnlyList<int> Shape(string tensor);
}
