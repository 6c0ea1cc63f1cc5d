using AlignOps.Models.Checkpoints;

namespace AlignOps.Models.Adapters;

/// <summary>A LoRA adapter read from a PEFT directory.</summary>
/// <param name="BaseModelName">PEFT's <c>base_model_name_or_path</c>: a hub name, or the digest that <see cref="Checkpoint.Digest"/> gives.</param>
/// <param name="Tensors">By PEFT's names, in the order of <see cref="AdapterLayout.Tensors"/>: A [rank, in] and B [out, rank].</param>
public sealed record Adapter(LoraConfig Config, string? BaseModelName, IReadOnlyList<NamedTensor> Tensors);
