using AlignOps.Data.Feedback;

namespace AlignOps.Training.Examples;

/// <summary>
/// Answers of which each revises the one before. In the envelope that is a ranking whose scores are 0, 1, 2 … in order and whose answers all carry the words
/// that led to the next one, but for the last.
/// </summary>
internal static class RevisionChain
{
    /// <summary>The answers in their order, two at least; empty where the row is no such chain.</summary>
    public static IReadOnlyList<Candidate> Of(FeedbackRow row) =>
        row is { Kind: FeedbackKind.Ranking, Candidates.Count: >= 2 }
        && row.Candidates.Select((c, i) => c.Score == i && (i == row.Candidates.Count - 1 || !string.IsNullOrWhiteSpace(c.Critique))).All(sound => sound)
            ? row.Candidates
            : [];

    /// <summary>The last revision and what it revises; of a preference the better answer and the worse. Null where there is no such pair.</summary>
    public static (Candidate Source, Candidate Target)? LastStep(FeedbackRow row)
    {
        if (row.Kind != FeedbackKind.Preference)
        {
            return Of(row) is [.., var source, var target] ? (source, target) : null;
        }

        (Candidate Candidate, double? Score)[] judged = CandidateScores.Of(row);
        return judged is not [var first, var second] || first.Score == second.Score ? null
            : first.Score > second.Score ? (second.Candidate, first.Candidate)
            : (first.Candidate, second.Candidate);
    }
}
