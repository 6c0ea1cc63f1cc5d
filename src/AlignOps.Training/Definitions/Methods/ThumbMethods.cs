using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>Methods that learn from single answers with a thumb up or down.</summary>
internal static class ThumbMethods
{
    private static readonly IReadOnlyList<MethodParameter> Parameters =
    [
        new("kto.beta", "0.1", "How strongly the policy is held to the one it starts from; small lets it move far."),
        new("kto.desirable_weight", "", "λ_D; silent: 1, or more where thumbs up are fewer, so that both thumbs weigh the same in sum."),
        new("kto.undesirable_weight", "", "λ_U; silent: as for thumbs up."),
    ];

    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new(
            "kto",
            "Kahneman-Tversky Optimization",
            "Ethayarajh et al., 2024, arXiv 2402.01306",
            "mean of λ_D·(1 − σ(β(r − z0))) over thumbs up and λ_U·(1 − σ(β(z0 − r))) over thumbs down, z0 the step's divergence from the reference, held fixed",
            "Single answers with a thumb up or down, against the policy that the training starts from.",
            Parameters,
            section => new KtoObjective(Options(section)),
            _ => RankedAnswers.AndThumbs),
        new(
            "apo-zero-unpaired",
            "Anchored Preference Optimization, zero, on single answers",
            "D'Oosterlinck et al., 2024, arXiv 2408.06266",
            "mean of λ_D·(1 − σ(βr)) over thumbs up and λ_U·σ(βr) over thumbs down",
            "As kto without the divergence: cheaper, and no example depends on another.",
            Parameters,
            section => new KtoObjective(Options(section) with { AgainstDivergence = false }, "apo-zero-unpaired"),
            _ => RankedAnswers.AndThumbs),
    ];

    private static KtoOptions Options(TrainingSection section) => new(section.Kto.Beta, section.Kto.DesirableWeight, section.Kto.UndesirableWeight);
}
