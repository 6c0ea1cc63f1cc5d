using AlignOps.Data.Formats;
using AlignOps.Data.Formats.Tables;

namespace AlignOps.Data.Batches;

/// <summary>Says what a batch's rows were taken for, and why.</summary>
internal static class Detection
{
    public static IReadOnlyList<string> Describe(IReadOnlyList<RowOutcome> outcomes, string? asked, TableHeader? table) =>
    [
        .. outcomes.GroupBy(outcome => outcome.Format)
            .OrderByDescending(format => format.Count())
            .ThenBy(format => format.Key, StringComparer.Ordinal)
            .Select(format => $"{format.Key ?? "unknown"}: {Why(format.Key, asked, table)} in {format.Count()} of {outcomes.Count} rows"),
    ];

    private static string Why(string? format, string? asked, TableHeader? table) => (format, table) switch
    {
        (null, null) => "not the keys of one format",
        (null, _) => "not the header's cells",
        (_, not null) => table.Description + (asked is null ? "" : $", as format {asked} asks,"),
        _ => FeedbackFormats.Find(format)!.Keys + (asked is null ? "" : ", as the format asks,"),
    };
}
