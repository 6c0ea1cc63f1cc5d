using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>Methods that imitate answers.</summary>
internal static class ImitationMethods
{
    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new(
            "sft",
            "Supervised fine-tuning",
            "Ouyang et al., 2022, arXiv 2203.02155",
            "−(1/N) Σ log π(y_t), N the scored tokens of the whole step",
            "Supervised fine-tuning on the best answer of each row.",
            [new("sft.min_score", "", "Answers that score lower are not imitated; silent: the best of each row, whatever it scores.")],
            section => new SftObjective(section.Sft.MinScore),
            _ => RankedAnswers.Only),
    ];
}
