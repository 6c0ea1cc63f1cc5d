using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>Methods that learn to rate answers instead of giving them.</summary>
internal static class RewardMethods
{
    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new(
            "reward",
            "Reward model (Bradley–Terry)",
            "Ouyang et al., 2022, arXiv 2203.02155; margin: Touvron et al., 2023, arXiv 2307.09288",
            "mean over a prompt's ordered pairs of −log σ(R_w − R_l − m) + c·(R_w + R_l)²",
            "A scalar head that rates answers, from rankings and preferences: not a policy but what policies and judges are rated by.",
            [
                new("reward.margin", "0", "How much higher the better answer's reward is asked to be, for each point that it scores higher; a preference is one point."),
                new("reward.center_coefficient", "0", "Weight c of the term that holds rewards around 0; 0.01 is usual."),
            ],
            section => new RewardObjective(new RewardOptions(section.Reward.Margin, section.Reward.CenterCoefficient)),
            _ => RankedAnswers.Only),
    ];
}
