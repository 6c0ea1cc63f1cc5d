using AlignOps.Models.Checkpoints;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Merging;

/// <summary>An adapter to be laid into a base's weights for good.</summary>
/// <param name="Base">Hugging Face checkpoint directory.</param>
/// <param name="Adapter">PEFT directory trained on that base.</param>
/// <param name="Output">Checkpoint directory to write.</param>
/// <param name="Dtype">Of every tensor written; null leaves each in the base's own.</param>
/// <param name="ShardBytes">More than this and the weights are split into several files with an index.</param>
/// <param name="Overwrites">An output that is there already is replaced: its weights go, its other files stay where the base has none of their name.</param>
public sealed record MergeRequest(
    string Base, string Adapter, string Output, TensorDtype? Dtype = null, long ShardBytes = Checkpoint.DefaultShardBytes, bool Overwrites = false);
