using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples;

/// <summary>
/// Chain of Hindsight's sequences: the best and the worst answer to a prompt, alone and one after the other in both orders, each asked for by its marker in the
/// user's turn and each learned with its end. Demonstrations are good answers.
/// </summary>
internal sealed class HindsightAnswers(CohSection section) : RowShape(FeedbackKind.Preference, FeedbackKind.Ranking, FeedbackKind.Demonstration)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        (Candidate Candidate, double? Score)[] judged = CandidateScores.Of(row);
        string? good = judged.MaxBy(j => j.Score ?? double.PositiveInfinity).Candidate?.Text;
        (Candidate Candidate, double? Score) worst = judged.MinBy(j => j.Score ?? double.PositiveInfinity);
        string? bad = worst.Score < judged.Max(j => j.Score) ? worst.Candidate.Text : null;
        if (good is null || (bad is null && row.Kind != FeedbackKind.Demonstration))
        {
            return ShapedRow.None(SkipReasons.NoPair);
        }

        List<TrainingCandidate> candidates = [];
        foreach (string form in section.Forms)
        {
            if (bad is null && form != CohSection.Good)
            {
                continue;
            }

            if (Sequence(row.Prompt, [.. form.Select(c => c == 'p' ? (section.PositiveMarker, good) : (section.NegativeMarker, bad!))], tokenizer) is not { } candidate)
            {
                return ShapedRow.None(SkipReasons.TurnsDiffer);
            }

            candidates.Add(candidate);
        }

        return candidates.Count == 0 ? ShapedRow.None(SkipReasons.NoPair) : new TrainingExample(row.Id, candidates[0].Prompt!, candidates);
    }

    /// <summary>Each answer behind its marker, a turn of the user's each.</summary>
    private static TrainingCandidate? Sequence(IReadOnlyList<ChatMessage> prompt, (string Marker, string Answer)[] asked, ITokenizer tokenizer)
    {
        IReadOnlyList<ChatMessage> messages = PromptText.After(prompt, asked[0].Marker);
        if (asked.Length == 1)
        {
            return new TrainingCandidate(tokenizer.EncodeAnswer(asked[0].Answer), Score: null, Prompt: tokenizer.EncodePrompt(messages));
        }

        return ConversationAnswer.Encode(
            tokenizer, [.. messages, new ChatMessage("assistant", asked[0].Answer), new ChatMessage("user", asked[1].Marker)], asked[1].Answer, turn => turn == prompt.Count);
    }
}
