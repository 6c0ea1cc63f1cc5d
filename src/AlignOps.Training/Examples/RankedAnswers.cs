using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>
/// A prompt and its judged answers: a preference becomes scores 1 and 0, a ranking keeps its scores, a demonstration is one answer to imitate.
/// </summary>
/// <param name="withThumbs">Also single answers with their thumbs.</param>
/// <param name="withDemonstrations">Also answers to imitate.</param>
public sealed class RankedAnswers(bool withThumbs = false, bool withDemonstrations = true) : IExampleShape
{
    /// <summary>Without thumbs, as most methods read rows and as every policy can be measured.</summary>
    public static readonly RankedAnswers Only = new();

    /// <summary>With thumbs, for the methods that learn from unpaired answers.</summary>
    public static readonly RankedAnswers AndThumbs = new(withThumbs: true);

    /// <summary>Answers that were compared, for the methods to which a single answer says nothing.</summary>
    public static readonly RankedAnswers Compared = new(withDemonstrations: false);

    public IReadOnlyList<FeedbackKind> Kinds { get; } =
    [
        .. withDemonstrations ? [FeedbackKind.Demonstration] : Array.Empty<FeedbackKind>(),
        FeedbackKind.Preference,
        FeedbackKind.Ranking,
        .. withThumbs ? [FeedbackKind.Thumb] : Array.Empty<FeedbackKind>(),
    ];

    public ShapedRow Shape(FeedbackRow row, ITokenizer tokenizer)
    {
        (Candidate Candidate, double? Score)[] judged = Kinds.Contains(row.Kind) ? CandidateScores.Of(row) : [];
        return judged.Length == 0
            ? ShapedRow.None(ExampleSet.UnusedKind)
            : new TrainingExample(
                row.Id,
                tokenizer.EncodePrompt(row.Prompt),
                [
                    .. judged.Select(j =>
                        new TrainingCandidate(tokenizer.EncodeAnswer(j.Candidate.Text), j.Score, row.Kind == FeedbackKind.Thumb ? j.Candidate.Label : null)),
                ]);
    }
}
