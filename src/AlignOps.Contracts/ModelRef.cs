namespace AlignOps.Contracts;

/// <summary>
/// A policy by content: the tree digest of a Hugging Face checkpoint directory, and the tree digest of the PEFT adapter
/// directory on top of it (null: the checkpoint alone). Two references that are equal answer alike.
/// </summary>
public sealed record ModelRef(string Checkpoint, string? Adapter)
{
    /// <summary>Short name for people: the first eight digits of the adapter's digest, or of the checkpoint's.</summary>
    public string ShortName => (Adapter ?? Checkpoint)[..8];
}
