using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>Methods that imitate answers; NEFTune's noise is for these.</summary>
internal static class ImitationMethods
{
    private static readonly MethodParameter MinScore = new("sft.min_score", "", "Answers that score lower are not imitated; silent: the best of each row, whatever it scores.");
    private static readonly MethodParameter Turns = new("sft.turns", "last", "Which of the assistant's turns are learned: last, the answer, or all, those inside the prompt too.");

    private static readonly MethodParameter Neftune = new("neftune_alpha", "0", "NEFTune's noise on the embeddings (Jain et al., 2023, arXiv 2310.05914), 5 to 15 in the paper; 0 is none.");

    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new(
            "sft",
            "Supervised fine-tuning",
            "Ouyang et al., 2022, arXiv 2203.02155",
            "−(1/N) Σ log π(y_t), N the scored tokens of the whole step",
            "Supervised fine-tuning on the best answer of each row.",
            [MinScore, Turns, Neftune],
            section => new SftObjective(section.Sft.MinScore),
            Answers),
        new(
            "dft",
            "Dynamic fine-tuning",
            "Wu et al., 2025, arXiv 2508.05629",
            "−(1/N) Σ sg(π(y_t))·log π(y_t), sg without a gradient, N the scored tokens of the whole step",
            "Fine-tuning on the best answer of each row, in which each token weighs as much as the policy believes in it.",
            [MinScore, Turns, Neftune],
            section => new SftObjective(section.Sft.MinScore, dynamic: true),
            Answers),
    ];

    private static IExampleShape Answers(TrainingSection section) => section.Sft.Turns == SftSection.All ? new AnsweredConversations() : RankedAnswers.Only;
}
