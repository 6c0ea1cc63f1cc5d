using AlignOps.Training.Examples;
using AlignOps.Training.Examples.Edits;
using AlignOps.Training.Examples.Spans;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Definitions.Methods;

/// <summary>Methods that learn from what was said of an answer, or changed in it, token by token.</summary>
internal static class FeedbackMethods
{
    public static readonly IReadOnlyList<TrainingMethod> All =
    [
        new(
            "cut",
            "Contrastive Unlikelihood Training",
            "Xu et al., 2023, arXiv 2312.14591",
            "½ Σ −log a_t + ½ Σ (a_t/b_t > threshold ? −w·log(1 − b_t) : −log b_t), a with the judgment in the prompt, b without",
            "Answers with a judgment in words: what the judgment makes likelier is unlearned, the rest imitated; sound answers are imitated.",
            [
                new("cut.threshold", "1.2", "A token is unfit where the judgment makes it more than this many times likelier; 1.1 for judgments of the policy's own answers."),
                new("cut.unlikelihood_weight", "0.5", "Weight w of the unfit tokens; 1 for judgments of the policy's own answers."),
                new("cut.positive_score", "7", "A judged answer that scores at least this is imitated."),
                new("cut.judgment_marker", "\"### Judgment:\"", "Stands before the judgment in the user's turn."),
            ],
            section => new CutObjective(new CutOptions(section.Cut.Threshold, section.Cut.UnlikelihoodWeight)),
            section => new JudgedAnswers(section.Cut)),
        new(
            "edits",
            "Learning from edits (SALT, FIGA)",
            "Yao et al., 2023, arXiv 2310.05857; Guo et al., 2023, arXiv 2311.04072",
            "(1/N) Σ −w_t·log π(y_t) of the revised answer, w by kept or changed, and −w·log(1 − π(x_t)) of what was taken out of the answer before",
            "Revised answers, in which what was changed weighs more than what was kept.",
            [
                new("edits.changed_weight", "2", "Weight of the revised answer's tokens that are new or stand for others."),
                new("edits.kept_weight", "1", "Weight of the revised answer's tokens that were kept; 0 learns the changes alone."),
                new("edits.removed_weight", "0", "Weight of the unlikelihood of what was taken out of the answer before."),
            ],
            _ => new WeightedLikelihood("edits"),
            section => new EditedAnswers(section.Edits)),
        new(
            "fine-grained",
            "Fine-grained feedback",
            "Wu et al., 2023, arXiv 2306.01693; unlikelihood: Welleck et al., 2019, arXiv 1908.04319",
            "(1/N) Σ −w_t·log π(y_t) in good stretches, −w_t·log(1 − π(y_t)) in bad ones",
            "Answers with stretches marked good or bad: good ones are made likelier, bad ones less likely, each by its weight.",
            [
                new("fine_grained.bad_weight", "1", "Factor on the weights of bad stretches."),
                new("fine_grained.unmarked_weight", "0", "Weight of tokens in no stretch, the end token among them; 0 leaves them out."),
            ],
            _ => new WeightedLikelihood("fine-grained"),
            section => new MarkedAnswers(section.FineGrained)),
    ];
}
