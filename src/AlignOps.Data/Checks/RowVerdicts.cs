namespace AlignOps.Data.Checks;

/// <summary>The verdicts' names as they stand in JSON and in the database.</summary>
public static class RowVerdicts
{
    private static readonly Dictionary<string, RowVerdict> ByName = Enum.GetValues<RowVerdict>().ToDictionary(Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static string Name(this RowVerdict verdict) => verdict switch
    {
        RowVerdict.Accepted => "accepted",
        RowVerdict.Duplicate => "duplicate",
        RowVerdict.Quarantined => "quarantined",
        RowVerdict.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    /// <summary>The verdict of that name, or null.</summary>
    public static RowVerdict? Find(string name) => ByName.TryGetValue(name, out var verdict) ? verdict : null;
}
