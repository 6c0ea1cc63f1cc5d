using AlignOps.Training.Examples;
using AlignOps.Training.Objectives.Preference;
using static AlignOps.Training.Definitions.Methods.PairParameters;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>DPO and its kin: pairs of answers, each answer's log-probability compared with that of the policy that the training starts from.</summary>
internal static class DpoMethods
{
    private const double Beta = 0.1;

    /// <summary>What Tülu 3 trained with: log-ratios per token are small.</summary>
    private const double BetaPerToken = 5;

    private const double Turned = 0.1;

    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        Method(
            "dpo", "Direct Preference Optimization", "Rafailov et al., 2023, arXiv 2305.18290",
            "−ln σ(β(r_w − r_l))",
            "Direct Preference Optimization: pairs, against the policy that the training starts from.",
            [Smoothed("0"), SftWeight("0")],
            dpo => new SigmoidLoss(dpo.Beta ?? Beta, dpo.LabelSmoothing ?? 0)),
        Method(
            "cdpo", "Conservative DPO", "Mitchell, 2023, ericmitchell.ai/cdpo.pdf",
            "−(1 − ε)·ln σ(βΔ) − ε·ln σ(−βΔ), Δ = r_w − r_l",
            "DPO for preferences of which a share is wrong: it stops at a margin instead of growing without end.",
            [Smoothed("0.1"), SftWeight("0")],
            dpo => new SigmoidLoss(dpo.Beta ?? Beta, dpo.LabelSmoothing ?? Turned)),
        Method(
            "robust-dpo", "Provably robust DPO", "Chowdhury et al., 2024, arXiv 2403.00409",
            "[−(1 − ε)·ln σ(βΔ) + ε·ln σ(−βΔ)]/(1 − 2ε), Δ = r_w − r_l",
            "DPO whose loss is unbiased where a known share of the preferences is wrong.",
            [Smoothed("0.1"), SftWeight("0")],
            dpo => new RobustLoss(dpo.Beta ?? Beta, dpo.LabelSmoothing ?? Turned)),
        Method(
            "hinge-dpo", "DPO with a hinge, as in RSO and SLiC", "Liu et al., 2023, arXiv 2309.06657",
            "max(0, 1 − β(r_w − r_l))",
            "DPO that leaves a pair alone once its margin is 1/β.",
            [SftWeight("0")],
            dpo => new HingeLoss(dpo.Beta ?? Beta)),
        Method(
            "ipo", "Identity Preference Optimization", "Azar et al., 2023, arXiv 2310.12036",
            "(r_w/T_w − r_l/T_l − 1/(2β))², or r_w − r_l where summed",
            "A square instead of a logarithm: it draws the margin to 1/(2β) and does not overfit preferences that are certain.",
            [new("ipo.normalisation", "tokens", "Of an answer's log-ratio: tokens, as TRL and the paper's authors have it, or sum."), SftWeight("0")],
            (section, dpo) => new IpoLoss(dpo.Beta ?? Beta, section.Ipo.Normalisation != "sum")),
        Method(
            "dpo-norm", "Length-normalised DPO", "Lambert et al., 2024 (Tülu 3), arXiv 2411.15124",
            "−ln σ(β(r_w/T_w − r_l/T_l))",
            "DPO on log-ratios per token, so that long answers do not weigh by their length.",
            [SftWeight("0")],
            dpo => new SigmoidLoss(dpo.Beta ?? BetaPerToken, ByTokens: true),
            beta: "5"),
        Method(
            "apo-zero", "Anchored Preference Optimization, zero", "D'Oosterlinck et al., 2024, arXiv 2408.06266",
            "1 − σ(βr_w) + σ(βr_l)",
            "Raises the chosen and lowers the rejected answer, each by itself: for chosen answers better than the policy's own.",
            [SftWeight("0")],
            dpo => new ApoZeroLoss(dpo.Beta ?? Beta)),
        Method(
            "bco", "Binary Classifier Optimization, on pairs", "Jung et al., 2024, arXiv 2404.04656",
            "−ln σ(βr_w) − ln σ(−βr_l)",
            "Trains the implicit reward as a classifier of chosen and rejected answers.",
            [SftWeight("0")],
            dpo => new BcoLoss(dpo.Beta ?? Beta)),
        Method(
            "sppo", "Self-Play Preference Optimization, hard preferences", "Wu et al., 2024, arXiv 2405.00675",
            "(r_w − 1/(2β))² + (r_l + 1/(2β))²",
            "Draws the log-ratio of each answer to its own target, that of a policy that wins half a step more.",
            [SftWeight("0")],
            dpo => new SppoLoss(dpo.Beta ?? Beta)),
        Method(
            "rpo", "DPO with an imitation term", "Pang et al., 2024, arXiv 2404.19733",
            "−ln σ(β(r_w − r_l)) − α·s_w/T_w",
            "DPO that keeps the chosen answer likely: the remedy where logps/chosen falls.",
            [Smoothed("0"), SftWeight("1")],
            dpo => new SigmoidLoss(dpo.Beta ?? Beta, dpo.LabelSmoothing ?? 0),
            sftWeight: 1),
    ];

    private static TrainingMethod Method(
        string name, string title, string paper, string formula, string summary, IReadOnlyList<MethodParameter> own, Func<DpoSection, PairLoss> loss, double sftWeight = 0, string beta = "0.1") =>
        Method(name, title, paper, formula, summary, own, (_, dpo) => loss(dpo), sftWeight, beta);

    private static TrainingMethod Method(
        string name, string title, string paper, string formula, string summary, IReadOnlyList<MethodParameter> own, Func<TrainingSection, DpoSection, PairLoss> loss, double sftWeight = 0, string beta = "0.1") =>
        new(
            name,
            title,
            paper,
            formula,
            summary,
            [PairParameters.Beta(beta), .. own, Pairs("dpo")],
            section => new PairObjective(name, loss(section, section.Dpo), new PairOptions(PairChoices.Find(section.Dpo.Pairs), section.Dpo.SftWeight ?? sftWeight)),
            _ => RankedAnswers.Compared);
}
