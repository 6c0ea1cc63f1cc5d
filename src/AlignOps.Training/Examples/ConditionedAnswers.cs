using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples;

/// <summary>C-RLFT's sequences: every answer behind the condition of its class in the prompt, all its tokens weighing what the class weighs.</summary>
internal sealed class ConditionedAnswers(CRlftSection section)
    : RowShape(FeedbackKind.Demonstration, FeedbackKind.Preference, FeedbackKind.Ranking, FeedbackKind.Thumb, FeedbackKind.Rating)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        (Candidate Candidate, double Score)[] answers = [.. row.Candidates.Select(c => (c, Score(row.Kind, c)))];
        double best = row.Kind is FeedbackKind.Thumb ? 1 : row.Kind is FeedbackKind.Rating ? double.PositiveInfinity : answers.Max(a => a.Score);
        List<TrainingCandidate> candidates = [];
        foreach ((Candidate candidate, double score) in answers)
        {
            if (section.ClassesOrDefault.FirstOrDefault(c => c.Holds(candidate.Source, score, score >= best)) is not { Weight: > 0 } held)
            {
                continue;
            }

            int[] answer = tokenizer.EncodeAnswer(candidate.Text);
            candidates.Add(new TrainingCandidate(
                answer, Score: null, Prompt: tokenizer.EncodePrompt(PromptText.Before(row.Prompt, held.Condition)), Weights: [.. Enumerable.Repeat(held.Weight, answer.Length)]));
        }

        return candidates.Count == 0 ? ShapedRow.None(SkipReasons.NoClass) : new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), candidates);
    }

    private static double Score(FeedbackKind kind, Candidate candidate) => kind switch
    {
        FeedbackKind.Demonstration => double.PositiveInfinity,
        FeedbackKind.Thumb => candidate.Label == true ? 1 : 0,
        _ => candidate.Score ?? double.NegativeInfinity,
    };
}
