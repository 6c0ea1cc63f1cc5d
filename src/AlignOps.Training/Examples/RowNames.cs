using AlignOps.Data.Feedback;

namespace AlignOps.Training.Examples;

/// <summary>How a row is named to people: by the beginning of its id, and the line of the file that brought it.</summary>
internal static class RowNames
{
    private const int Letters = 12;

    public static string Of(FeedbackRow row) => row.Provenance.Line > 0 ? $"{row.Id[..Letters]} line {row.Provenance.Line}" : row.Id[..Letters];
}
