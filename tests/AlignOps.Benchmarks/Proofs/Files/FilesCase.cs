using AlignOps.Models.Policies;
using AlignOps.Models.Rotary;
using AlignOps.Models.Safetensors;
using AlignOps.Training.Definitions;

namespace AlignOps.Benchmarks.Proofs.Files;

/// <summary>A base and an adapter that other programs are to read.</summary>
/// <param name="Dtype">Of the base's weights, and so of the merge.</param>
/// <param name="Shape">What differs from the small Llama that every base is.</param>
internal sealed record FilesCase(string Name, TensorDtype Dtype, string Method, LoraSection Lora, Func<PolicyConfig, PolicyConfig> Shape)
{
    public static readonly IReadOnlyList<FilesCase> All =
    [
        new("llama-tied", TensorDtype.F32, "dpo", new LoraSection { Rank = 8, Alpha = 16 }, shape => shape),
        new("llama-patterns", TensorDtype.F32, "dpo", new LoraSection
        {
            Rank = 8,
            Alpha = 6,
            Rslora = true,
            RankPattern = new Dictionary<string, int> { ["layers.1.self_attn.q_proj"] = 3, ["k_proj"] = 2, [@"layers\.[02]\.mlp\.\w+"] = 12 },
            AlphaPattern = new Dictionary<string, double> { ["down_proj"] = 3, ["k_proj"] = 1 },
        }, shape => shape with { TieWordEmbeddings = false, RopeTheta = 500_000, RopeScaling = new Llama3Scaling(4, 1, 4, 64) }),
        new("llama-bf16", TensorDtype.BF16, "sft", new LoraSection { Rank = 4, Alpha = 8, Targets = ["q_proj", "v_proj", "mlp.down_proj"] }, shape => shape),
        new("qwen2", TensorDtype.F32, "dpo", new LoraSection { Rank = 6, Alpha = 12, RankPattern = new Dictionary<string, int> { ["v_proj"] = 3 } },
            shape => shape with { Family = PolicyFamily.Qwen2, RopeTheta = 1_000_000 }),
        new("qwen3", TensorDtype.F16, "dpo", new LoraSection { Rank = 4, Alpha = 8, Rslora = true },
            shape => shape with { Family = PolicyFamily.Qwen3, HeadDim = 32, TieWordEmbeddings = false }),
    ];
}
