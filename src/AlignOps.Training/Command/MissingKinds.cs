using AlignOps.Data.Feedback;
using AlignOps.Training.Examples;

namespace AlignOps.Training.Command;

/// <summary>Says which rows are not of a kind that the method learns from.</summary>
internal static class MissingKinds
{
    private const int RowsNamed = 3;

    /// <summary>Of each kind that the method does not learn from the first rows; thumbs and ratings aside where those of one prompt may have been ranked.</summary>
    public static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> First(IEnumerable<FeedbackRow> rows, IReadOnlyCollection<FeedbackKind> kinds) => rows
        .Where(row => !kinds.Contains(row.Kind) && !(kinds.Contains(FeedbackKind.Ranking) && row.Kind is FeedbackKind.Thumb or FeedbackKind.Rating))
        .GroupBy(row => row.Kind)
        .Select(group => KeyValuePair.Create<string, IReadOnlyList<string>>(group.Key.Name(), [.. group.Take(RowsNamed).Select(RowNames.Of)]));

    public static string Describe(string method, IReadOnlyCollection<FeedbackKind> kinds, IReadOnlyList<FeedbackRow> rows)
    {
        IEnumerable<string> found = rows.GroupBy(row => row.Kind).OrderBy(group => group.Key).Select(group =>
            $"{group.Count()} {group.Key.Name()} ({string.Join(", ", group.Take(RowsNamed).Select(RowNames.Of))}{(group.Count() > RowsNamed ? ", …" : "")})");
        return $"{method} learns from {string.Join(", ", kinds.Select(kind => kind.Name()))}, and none of the {rows.Count} accepted rows is of such a kind: there are {string.Join("; ", found)}.";
    }
}
