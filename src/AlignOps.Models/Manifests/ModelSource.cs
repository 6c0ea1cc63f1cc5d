namespace AlignOps.Models.Manifests;

/// <summary>A policy by its content.</summary>
/// <param name="Base">Digest of the checkpoint, as <see cref="Checkpoints.Checkpoint.Digest"/> gives it.</param>
/// <param name="Adapter"><c>sha256:</c> of the adapter's weights; null where the base stands alone.</param>
public sealed record ModelSource(string Base, string? Adapter);
