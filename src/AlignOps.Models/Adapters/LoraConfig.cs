using AlignOps.Models.Checkpoints;

namespace AlignOps.Models.Adapters;

/// <summary>LoRA by PEFT's names and mathematics: y = Wx + s·B(A(dropout(x))), s = alpha / rank, or alpha / √rank (rsLoRA, arXiv 2312.03732).</summary>
/// <param name="Rank">Of every layer that <see cref="RankPattern"/> does not name.</param>
/// <param name="Alpha">Of every layer that <see cref="AlphaPattern"/> does not name.</param>
/// <param name="TargetModules">
/// Linear layers by their short names or any longer end of their path, such as <c>layers.3.self_attn.q_proj</c>; the default is all seven of a Llama block.
/// </param>
public sealed record LoraConfig(int Rank = 8, double Alpha = 16, IReadOnlyList<string>? TargetModules = null)
{
    public static readonly IReadOnlyList<string> AllLinear =
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    public IReadOnlyList<string> Targets => TargetModules ?? AllLinear;

    /// <summary>Chance that a layer's input is dropped on its way into A while training; an adapter at rest knows none.</summary>
    public double Dropout { get; init; }

    /// <summary>Scales by alpha / √rank, so that a higher rank does not mean a smaller update.</summary>
    public bool UseRsLora { get; init; }

    /// <summary>Ranks that differ, by regular expression over the end of a layer's path; the first that matches counts.</summary>
    public IReadOnlyDictionary<string, int> RankPattern { get; init; } = LayerPatterns.None<int>();

    /// <summary>Alphas that differ, matched as <see cref="RankPattern"/> is, and independently of it.</summary>
    public IReadOnlyDictionary<string, double> AlphaPattern { get; init; } = LayerPatterns.None<double>();

    /// <summary>A reward model's head is trained and saved beside the pairs (PEFT's <c>modules_to_save: ["score"]</c>).</summary>
    public bool RewardHead { get; init; }

    /// <summary>The scaling of a layer that no pattern names.</summary>
    public double Scaling => Scale(Alpha, Rank);

    /// <summary>Whether the linear layer has a pair at all.</summary>
    public bool Covers(int layer, string module)
    {
        string path = LlamaLayout.LinearPath(layer, module);
        return Targets.Any(target => LayerPatterns.IsEndOf(path, target));
    }

    /// <summary>The rank of a layer that the adapter covers.</summary>
    public int RankOf(int layer, string module) => LayerPatterns.Find(RankPattern, LlamaLayout.LinearPath(layer, module), Rank);

    /// <summary>What B·A of a layer that the adapter covers is multiplied by.</summary>
    public double ScalingOf(int layer, string module) =>
        Scale(LayerPatterns.Find(AlphaPattern, LlamaLayout.LinearPath(layer, module), Alpha), RankOf(layer, module));

    private double Scale(double alpha, int rank) => alpha / (UseRsLora ? Math.Sqrt(rank) : rank);
}
