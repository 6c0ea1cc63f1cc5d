using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>As <see cref="RankedAnswers"/>, but every turn of the assistant is learned, those inside the prompt too.</summary>
internal sealed class AnsweredConversations : IExampleShape
{
    public IReadOnlyList<FeedbackKind> Kinds => RankedAnswers.Only.Kinds;

    public ShapedRow Shape(FeedbackRow row, ITokenizer tokenizer)
    {
        (Candidate Candidate, double? Score)[] judged = Kinds.Contains(row.Kind) ? CandidateScores.Of(row) : [];
        if (judged.Length == 0)
        {
            return ShapedRow.None(ExampleSet.UnusedKind);
        }

        TrainingCandidate?[] candidates = [.. judged.Select(j => ConversationAnswer.Encode(tokenizer, row.Prompt, j.Candidate.Text, _ => true, j.Score))];
        return candidates.Any(c => c is null)
            ? ShapedRow.None(SkipReasons.TurnsDiffer)
            : new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), [.. candidates.Select(c => c!)]);
    }
}
