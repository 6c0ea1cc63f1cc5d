using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.ByHand;

/// <summary>What is known of a checkpoint before its weights are loaded: enough to say which rows it can take.</summary>
internal static class LoadedPolicy
{
    /// <exception cref="ModelFormatException">The checkpoint does not hold together, or it has a tokenizer that cannot be followed.</exception>
    public static RowEncoder Encoder(string model)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(model);
        return new RowEncoder(checkpoint.Config, File.Exists(Path.Combine(model, "tokenizer.json")) ? Tokenizer.LoadForText(model) : null);
    }
}
