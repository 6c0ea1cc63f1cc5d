using AlignOps.Platform.Definitions;
using static AlignOps.Training.Definitions.SectionChecks;

namespace AlignOps.Training.Definitions;

/// <summary>Checks the sections of the methods that learn from pairs and rankings.</summary>
internal static class PreferenceFaults
{
    private static readonly string[] Smoothed = ["dpo", "cdpo", "robust-dpo", "rpo"];

    private static readonly string[] DpoKin = [.. Smoothed, "hinge-dpo", "ipo", "dpo-norm", "apo-zero", "bco", "sppo"];

    public static IEnumerable<SectionFault> Of(TrainingSection section) =>
    [
        .. Above("dpo.beta", section.Dpo.Beta ?? 1, "0.1"),
        .. Within("dpo.label_smoothing", section.Dpo.LabelSmoothing ?? 0, value => value is >= 0 and < 0.5, "a share from 0 up to but not 0.5, such as 0.1"),
        .. section.Dpo.LabelSmoothing > 0 && DpoKin.Except(Smoothed).Contains(section.Method)
            ? [Fault("dpo.label_smoothing", $"is not read by {section.Method}; leave it out, or take one of {string.Join(", ", Smoothed)}.")]
            : Array.Empty<SectionFault>(),
        .. Weight("dpo.sft_weight", section.Dpo.SftWeight ?? 0),
        .. OneOf("dpo.pairs", section.Dpo.Pairs, PairChoices.Names),
        .. OneOf("ipo.normalisation", section.Ipo.Normalisation, ["tokens", "sum"]),
        .. Weight("pro.sft_weight", section.Pro.SftWeight),
        .. Weight("slic.margin", section.Slic.Margin),
        .. Weight("slic.regularisation", section.Slic.Regularisation),
        .. OneOf("slic.pairs", section.Slic.Pairs, PairChoices.Names),
        .. Above("orpo.beta", section.Orpo.Beta, "0.1"),
        .. OneOf("orpo.likelihood", section.Orpo.Likelihood, ["response", "all"]),
        .. OneOf("orpo.pairs", section.Orpo.Pairs, PairChoices.Names),
        .. Above("simpo.beta", section.Simpo.Beta, "2"),
        .. Weight("simpo.gamma_beta_ratio", section.Simpo.GammaBetaRatio),
        .. Weight("simpo.sft_weight", section.Simpo.SftWeight),
        .. OneOf("simpo.pairs", section.Simpo.Pairs, PairChoices.Names),
    ];

    private static IEnumerable<SectionFault> Above(string key, double value, string example) =>
        Within(key, value, number => number > 0 && double.IsFinite(number), $"above 0, such as {example}");

    private static IEnumerable<SectionFault> Weight(string key, double value) =>
        Within(key, value, number => number >= 0 && double.IsFinite(number), "0 or more, such as 1");
}
