namespace AlignOps.Intake.Inbox;

/// <summary>
/// What becomes of a file is its name: <c>x.csv</c> → <c>x.csv.processing</c> → <c>x.csv.b-….done</c>, or <c>rejected/x.csv</c>. A report stands beside
/// each end.
/// </summary>
internal static class InboxNames
{
    public const string Rejected = "rejected";
    public const string Processing = ".processing";
    public const string Done = ".done";
    public const string Report = ".report.json";

    // How other programs name what they have not finished writing.
    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".crdownload", ".filepart"];

    /// <summary>A file to take: neither hidden nor unfinished nor one of our own.</summary>
    public static bool IsNew(string name) =>
        !name.StartsWith('.') && !name.EndsWith('~') && !Unfinished.Append(Processing).Append(Done).Append(Report).Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
