using AlignOps.Training.Examples;
using AlignOps.Training.Examples.Edits;
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
        new(
            "coh",
            "Chain of Hindsight",
            "Liu et al., 2023, arXiv 2302.02676",
            "−(1/N) Σ log π(y_t) over the answers of sequences: prompt, marker, answer, other marker, other answer",
            "Good and bad answers one after the other, each behind its marker; the model is then asked with the positive marker at the end of the user's turn.",
            [
                new("coh.positive_marker", "\"A helpful answer:\"", "Ends the user's turn before a good answer, and must when the model is asked; empty: good answers need no asking."),
                new("coh.negative_marker", "\"An unhelpful answer:\"", "Ends the user's turn before a bad answer."),
                new("coh.forms", "[p, n, pn, np]", "The sequences made of a row: the good answer, the bad one, both in either order."),
                Neftune,
            ],
            _ => new WeightedLikelihood("coh"),
            section => new HindsightAnswers(section.Coh)),
        new(
            "c-rlft",
            "Conditioned fine-tuning (C-RLFT, OpenChat)",
            "Wang et al., 2023, arXiv 2309.11235",
            "(1/sequences) Σ −w·log π(y_t | condition, x), condition and weight w by the class of the answer",
            "Answers of mixed quality, each behind the condition of its class and with its weight; the model is then asked with the best class's condition.",
            [
                new("c_rlft.classes", "", "Classes with source, min_score, best, condition and weight, of which the first that holds is an answer's; silent: the best answer of a row is an Expert's, the others a Novice's and weigh 0.1."),
                Neftune,
            ],
            _ => new WeightedLikelihood("c-rlft", bySequences: true),
            section => new ConditionedAnswers(section.CRlft)),
        new(
            "ilf",
            "Imitation learning from Language Feedback",
            "Scheurer et al., 2023, arXiv 2303.16755",
            "−(1/N) Σ log π(refinement_t | x)",
            "Refinements that feedback in words led to, as answers to the prompt alone.",
            [Neftune],
            _ => new WeightedLikelihood("ilf"),
            _ => new Refinements()),
        new(
            "second-thoughts",
            "Second Thoughts",
            "Liu et al., 2023, arXiv 2301.00355",
            "−(1/N) Σ log π(edits, target | x, source)",
            "Worse and better answers: the model learns to write the edits between them and the better one; it is then asked with a draft to revise.",
            [
                new("second_thoughts.draft_marker", "\"### Draft:\"", "Stands before the draft in the user's turn, also when the model is asked."),
                new("second_thoughts.edits_marker", "\"### Edits:\"", "Stands before the edits in the answer."),
                new("second_thoughts.target_marker", "\"### Revised:\"", "Stands before the revised text in the answer."),
                Neftune,
            ],
            _ => new WeightedLikelihood("second-thoughts"),
            section => new EditChains(section.SecondThoughts)),
        new(
            "selfee",
            "SelFee",
            "Ye et al., 2023, kaistAI/SelFee",
            "−(1/N) Σ log π(answer, feedback, revision, … | x)",
            "Answers with what was said of them and their revisions as one text: the model learns to comment on its answer and to revise it.",
            [
                new("selfee.feedback_marker", "\"### Feedback:\"", "Stands before what is said of an answer."),
                new("selfee.revision_marker", "\"### Revision:\"", "Stands before a revised answer; the last one is the answer when the model is asked."),
                Neftune,
            ],
            _ => new WeightedLikelihood("selfee"),
            section => new RevisionTexts(section.Selfee)),
    ];

    private static IExampleShape Answers(TrainingSection section) => section.Sft.Turns == SftSection.All ? new AnsweredConversations() : RankedAnswers.Only;
}
