using AlignOps.Training.Examples;
using AlignOps.Training.Examples.Edits;
using AlignOps.Training.Objectives;
using AlignOps.Training.Raft;

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
        new(
            RaftTraining.Method,
            "Reward rAnked FineTuning (RAFT, best of n)",
            "Dong et al., 2023, arXiv 2304.06767",
            "rounds of: sample K answers a prompt, rate them, keep the best, −(1/N) Σ log π(y_t) over these",
            "The best of sampled answers by a verifier or a reward model, round by round; or once the best of the rows' own answers.",
            [
                new("raft.reward", "rows", "What rates answers: rows, the scores of the rows' own answers; verifier; or model, a reward model."),
                new("raft.verifier_name", "", "The verifier's name, where it rates."),
                new("raft.reward_model", "", "PEFT directory of the reward model on the same base, where it rates."),
                new("raft.rounds", "4", "How often answers are sampled and the best learned; with the rows' own answers once."),
                new("raft.samples", "8", "Answers sampled to each prompt."),
                new("raft.prompts_per_round", "0", "Prompts of a round, drawn anew for each; 0 is all."),
                new("raft.keep", "prompt", "prompt: the best answer to each prompt; overall: the best share of all answers."),
                new("raft.share", "0.125", "The share that overall keeps."),
                new("raft.min_reward", "", "Answers rated lower are never kept; silent: whatever they are rated."),
                new("raft.temperature", "1", "Of sampling."),
                new("raft.top_p", "1", "Nucleus of sampling; 1 is all tokens."),
                new("raft.max_new_tokens", "128", "A sampled answer that has not ended by then is discarded."),
                new("raft.min_diversity", "0.5", "Ends the training where the distinct word pairs among samples fall below this share of what they were."),
                new("raft.max_invalid", "0.5", "Ends the training where more than this share of the samples is discarded."),
                new("raft.max_pattern_rise", "0.5", "Ends the training where one word triple stands in this much more of the kept answers than at the start."),
                Neftune,
            ],
            _ => new WeightedLikelihood(RaftTraining.Method),
            section => section.Raft.Reward == RaftSection.Rows ? RankedAnswers.Only : new AskedPrompts()),
    ];

    private static IExampleShape Answers(TrainingSection section) => section.Sft.Turns == SftSection.All ? new AnsweredConversations() : RankedAnswers.Only;
}
