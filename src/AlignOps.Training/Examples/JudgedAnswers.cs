using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples;

/// <summary>
/// CUT's sequences: a judged answer behind the prompt with its judgment and behind the prompt alone, side by side. Answers that nothing was said against are
/// there once: demonstrations, thumbs up, the end of a chain of revisions, and judged ones whose score is high enough.
/// </summary>
internal sealed class JudgedAnswers(CutSection section) : RowShape(FeedbackKind.Critique, FeedbackKind.Demonstration, FeedbackKind.Thumb, FeedbackKind.Ranking)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        bool chain = RevisionChain.Of(row).Count > 0;
        List<TrainingCandidate> candidates = [];
        for (int i = 0; i < row.Candidates.Count; i++)
        {
            Candidate candidate = row.Candidates[i];
            int[] answer = tokenizer.EncodeAnswer(candidate.Text);
            if (IsSound(row.Kind, candidate) || (chain && i == row.Candidates.Count - 1))
            {
                candidates.Add(new TrainingCandidate(answer, Score: null));
            }
            else if (!string.IsNullOrWhiteSpace(candidate.Critique))
            {
                int[] judged = tokenizer.EncodePrompt(PromptText.After(row.Prompt, $"\n{section.JudgmentMarker}\n{candidate.Critique}"));
                candidates.Add(new TrainingCandidate(answer, Score: null, Prompt: judged));
                candidates.Add(new TrainingCandidate(answer, Score: null));
            }
        }

        return candidates.Count == 0 ? ShapedRow.None(SkipReasons.NoCritique) : new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), candidates);
    }

    private bool IsSound(FeedbackKind kind, Candidate candidate) => kind switch
    {
        FeedbackKind.Demonstration => true,
        FeedbackKind.Thumb => candidate.Label == true,
        FeedbackKind.Critique => candidate.Score >= section.PositiveScore,
        _ => false,
    };
}
