using AlignOps.Data.Feedback;

namespace AlignOps.Training.Examples;

/// <summary>The answers of a row that a method may learn from, each with its score inside the row.</summary>
internal static class CandidateScores
{
    /// <summary>Empty for kinds that are not used.</summary>
    public static (Candidate Candidate, double? Score)[] Of(FeedbackRow row) => row.Kind switch
    {
        FeedbackKind.Demonstration or FeedbackKind.Thumb => [(row.Candidates[0], null)],
        FeedbackKind.Preference when row.Candidates is [var first, var second] => Preference(first, second),
        FeedbackKind.Ranking => [.. row.Candidates.Where(c => c.Score is not null).Select(c => (c, c.Score))],
        _ => [],
    };

    /// <summary>By the scores where they differ, else by the thumbs, else in the order given: the first is the preferred one.</summary>
    private static (Candidate, double?)[] Preference(Candidate first, Candidate second)
    {
        int order = (first, second) switch
        {
            ({ Score: { } a }, { Score: { } b }) => a.CompareTo(b),
            ({ Label: { } a }, { Label: { } b }) => a.CompareTo(b),
            _ => 1,
        };
        return [(first, order > 0 ? 1 : 0), (second, order < 0 ? 1 : 0)];
    }
}
