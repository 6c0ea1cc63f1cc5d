namespace AlignOps.Training.Definitions.Methods;

/// <summary>Parameters that several methods of pairs have.</summary>
internal static class PairParameters
{
    public static MethodParameter Pairs(string section) => new($"{section}.pairs", PairChoices.BestWorst, "Of a ranking: best-worst, one pair a row, or all that differ in rank; the loss is the mean over the pairs of a step.");

    public static MethodParameter Beta(string value) => new("dpo.beta", value, "How strongly the policy is held to the one it starts from; small lets it move far.");

    public static MethodParameter Smoothed(string value) => new("dpo.label_smoothing", value, "ε: the share of the preferences that are taken for turned around.");

    public static MethodParameter SftWeight(string value) => new("dpo.sft_weight", value, "Weight of the chosen answer's negative log-likelihood per token.");
}
