using AlignOps.Models.Policies;

namespace AlignOps.Models.Checkpoints;

/// <summary>What config.json calls a family, and what transformers takes where its file leaves something out.</summary>
/// <param name="KeyValueHeads">Null: as many as query heads.</param>
/// <param name="HeadDim">Null: hidden size / heads.</param>
/// <param name="WeighsAttentionBias">Whether <c>attention_bias</c> counts for the family; elsewhere transformers passes over it.</param>
/// <param name="WeighsMlpBias">The same of <c>mlp_bias</c>.</param>
internal sealed record FamilyNames(
    PolicyFamily Family, string ModelType, string Architecture, int? KeyValueHeads, int? HeadDim, int MaxPositions, bool WeighsAttentionBias, bool WeighsMlpBias)
{
    public static readonly IReadOnlyList<FamilyNames> All =
    [
        new(PolicyFamily.Llama, "llama", "LlamaForCausalLM", null, null, 2048, WeighsAttentionBias: true, WeighsMlpBias: true),
        new(PolicyFamily.Mistral, "mistral", "MistralForCausalLM", 8, null, 131_072, WeighsAttentionBias: false, WeighsMlpBias: false),
        new(PolicyFamily.Qwen2, "qwen2", "Qwen2ForCausalLM", 32, null, 32_768, WeighsAttentionBias: false, WeighsMlpBias: false),
        new(PolicyFamily.Qwen3, "qwen3", "Qwen3ForCausalLM", 32, 128, 32_768, WeighsAttentionBias: true, WeighsMlpBias: false),
    ];

    public static FamilyNames Of(PolicyFamily family) => All.Single(names => names.Family == family);
}
