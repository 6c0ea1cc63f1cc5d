using System.Text.Json;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Datasets;

/// <summary>
/// Makes rankings of single answers that were judged one by one, for methods that compare answers: thumbs, or ratings, of one prompt whose answers fared
/// differently. An answer's score is the mean of what it got, a thumb up being 1 and a thumb down 0. Pure, and the same for the rows in any order.
/// </summary>
internal static class AnswerGroups
{
    public const string Format = "grouped";

    /// <summary>The rows, with groups in the place of what they were made of. Rows of kinds that the method uses as they are stay as they are.</summary>
    public static IReadOnlyList<FeedbackRow> Rank(IReadOnlyList<FeedbackRow> rows, IReadOnlyCollection<FeedbackKind> kinds)
    {
        if (!kinds.Contains(FeedbackKind.Ranking))
        {
            return rows;
        }

        bool Groups(FeedbackRow row) => row.Kind is FeedbackKind.Thumb or FeedbackKind.Rating && !kinds.Contains(row.Kind);
        return
        [
            .. rows.Where(row => !Groups(row)),
            .. rows.Where(Groups).GroupBy(row => (row.Kind, JsonSerializer.Serialize(row.Prompt))).SelectMany(IEnumerable<FeedbackRow> (group) => Ranking([.. group]) is { } ranking ? [ranking] : group),
        ];
    }

    private static FeedbackRow? Ranking(FeedbackRow[] rows)
    {
        var candidates = rows.Select(row => row.Candidates[0])
            .GroupBy(candidate => candidate.Text, StringComparer.Ordinal)
            .Select(answer => new Candidate(answer.Key, answer.Select(Value).Order().Average()))
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Text, StringComparer.Ordinal)
            .ToList();
        if (candidates.Count < 2 || candidates[0].Score == candidates[^1].Score)
        {
            return null;
        }

        var first = rows.OrderBy(row => row.Provenance.BatchId, StringComparer.Ordinal).ThenBy(row => row.Provenance.Line).ThenBy(row => row.Id, StringComparer.Ordinal).First();
        return new FeedbackRow(FeedbackKind.Ranking, first.Prompt, candidates, first.Provenance with { Format = Format });
    }

    private static double Value(Candidate candidate) => candidate.Score ?? (candidate.Label == true ? 1 : 0);
}
