using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

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
        new(
            "kto",
            "Kahneman-Tversky Optimization",
            "Ethayarajh et al., 2024, arXiv 2402.01306",
            "mean of λ_D·(1 − σ(β(r − z0))) over thumbs up and λ_U·(1 − σ(β(z0 − r))) over thumbs down",
            "Kahneman-Tversky Optimization (arXiv 2402.01306): single answers with a thumb up or down, against the policy that the training starts from.",
            [
                new("kto.beta", "0.1", "How strongly the policy is held to the one it starts from; small lets it move far."),
                new("kto.desirable_weight", "", "λ_D; silent: 1, or more where thumbs up are fewer, so that both thumbs weigh the same in sum."),
                new("kto.undesirable_weight", "", "λ_U; silent: as for thumbs up."),
            ],
            section => new KtoObjective(new KtoOptions(section.Kto.Beta, section.Kto.DesirableWeight, section.Kto.UndesirableWeight)),
            _ => RankedAnswers.AndThumbs),
    ];

    private static RrhfObjective Rrhf(TrainingSection section) => new(new RrhfOptions(
        section.Rrhf.Semantics == "reference" ? RrhfSemantics.Reference : RrhfSemantics.Paper,
        section.Rrhf.RankWeight,
        section.Rrhf.LengthPenalty,
        section.Rrhf.SftNormalisation == "tokens" ? RrhfNormalisation.Tokens : RrhfNormalisation.Sum,
        section.Rrhf.SftMinScore));
}
