using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Objectives.Preference;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>Methods that learn from what people liked better or disliked.</summary>
internal static class PreferenceMethods
{
    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new(
            "rrhf",
            "Rank Responses to align with Human Feedback",
            "Yuan et al., 2023, arXiv 2304.05302",
            "w·Σ_{score_i < score_j} max(0, s_i/T_i^λ − s_j/T_j^λ) − s_best",
            "Rank Responses to align with Human Feedback (arXiv 2304.05302): rankings, preferences and demonstrations, no reference policy.",
            [
                new("rrhf.semantics", "paper", "paper, or reference for what the published code computes."),
                new("rrhf.rank_weight", "1", "Weight w of the ranking term beside the imitation term."),
                new("rrhf.length_penalty", "1", "Exponent λ of the length that an answer's log-probability is divided by."),
                new("rrhf.sft_normalisation", "sum", "Of the imitation term: sum as in the paper, or tokens."),
                new("rrhf.sft_min_score", "", "The best answer is imitated only where it scores this; silent: always."),
            ],
            Rrhf,
            _ => RankedAnswers.Only),
        .. DpoMethods.All,
        new(
            "pro",
            "Preference Ranking Optimization",
            "Song et al., 2023, arXiv 2306.17492",
            "Σ_k [ln(e^{τ_k p_k} + Σ_{j>k} e^{τ_kj p_j}) − τ_k p_k] − w·(n − 1)²·s_best, p = s/T, τ_kj = R_k − R_j, τ_k = max_j τ_kj, best answer first",
            "Each answer of a ranking against all below it, weighted by how far their scores are apart. No reference policy.",
            [new("pro.sft_weight", "0.05", "Weight w of the best answer's negative log-likelihood, times (n − 1)² for n answers.")],
            section => new ProObjective(new ProOptions(section.Pro.SftWeight)),
            _ => RankedAnswers.Compared),
        new(
            "slic",
            "Sequence Likelihood Calibration with Human Feedback, direct",
            "Zhao et al., 2023, arXiv 2305.10425",
            "max(0, δ − s_w + s_l) − λ·s_w",
            "A margin between the answers' log-probabilities, and imitation of the better one. No reference policy.",
            [
                new("slic.margin", "1", "δ: by how many nats the better answer should be likelier."),
                new("slic.regularisation", "0.1", "λ: weight of the better answer's negative log-likelihood; the paper leaves it open."),
                PairParameters.Pairs("slic"),
            ],
            section => new PairObjective(
                "slic", new SlicLoss(section.Slic.Margin), new PairOptions(PairChoices.Find(section.Slic.Pairs), section.Slic.Regularisation, Imitation.Sum)),
            _ => RankedAnswers.Compared),
        new(
            "orpo",
            "Odds Ratio Preference Optimization",
            "Hong et al., 2024, arXiv 2403.07691",
            "−s_w/T_w − β·ln σ(o_w − o_l), o = ℓ − ln(1 − e^ℓ), ℓ = s/T",
            "Fine-tuning on the better answer with a penalty on the other's odds. No reference policy.",
            [
                new("orpo.beta", "0.1", "Weight of the odds ratio; the paper's λ."),
                new("orpo.likelihood", "response", "Tokens of the likelihood: response, or all for prompt and response, as TRL has it."),
                PairParameters.Pairs("orpo"),
            ],
            section => new PairObjective(
                "orpo",
                new OddsRatioLoss(section.Orpo.Beta),
                new PairOptions(PairChoices.Find(section.Orpo.Pairs), 1, section.Orpo.Likelihood == "all" ? Imitation.PerTokenWithPrompt : Imitation.PerToken)),
            _ => RankedAnswers.Compared),
        new(
            "simpo",
            "Simple Preference Optimization",
            "Meng et al., 2024, arXiv 2405.14734",
            "−ln σ(β(s_w/T_w − s_l/T_l) − γ)",
            "The policy's mean log-probability is the reward, with a target margin. No reference policy.",
            [
                new("simpo.beta", "2", "Scale of the mean log-probabilities; the authors use 2 to 10."),
                new("simpo.gamma_beta_ratio", "0.25", "Target margin γ over β."),
                new("simpo.sft_weight", "0", "Weight of the chosen answer's negative log-likelihood per token; 0 is SimPO itself."),
                PairParameters.Pairs("simpo"),
            ],
            section => new PairObjective(
                "simpo",
                new SimpoLoss(section.Simpo.Beta, section.Simpo.GammaBetaRatio * section.Simpo.Beta),
                new PairOptions(PairChoices.Find(section.Simpo.Pairs), section.Simpo.SftWeight)),
            _ => RankedAnswers.Compared),
        .. ThumbMethods.All,
    ];

    private static RrhfObjective Rrhf(TrainingSection section) => new(new RrhfOptions(
        section.Rrhf.Semantics == "reference" ? RrhfSemantics.Reference : RrhfSemantics.Paper,
        section.Rrhf.RankWeight,
        section.Rrhf.LengthPenalty,
        section.Rrhf.SftNormalisation == "tokens" ? RrhfNormalisation.Tokens : RrhfNormalisation.Sum,
        section.Rrhf.SftMinScore));
}
