namespace AlignOps.Data.Feedback;

/// <summary>The kinds' names as they stand in JSON, in pipeline.yaml and in the database.</summary>
public static class FeedbackKinds
{
    private static readonly Dictionary<string, FeedbackKind> ByName = Enum.GetValues<FeedbackKind>().ToDictionary(Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static string Name(this FeedbackKind kind) => kind switch
    {
        FeedbackKind.Demonstration => "demonstration",
        FeedbackKind.Preference => "preference",
        FeedbackKind.Ranking => "ranking",
        FeedbackKind.Thumb => "thumb",
        FeedbackKind.Critique => "critique",
        FeedbackKind.Rating => "rating",
        FeedbackKind.Task => "task",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kind of that name, or null.</summary>
    public static FeedbackKind? Find(string name) => ByName.TryGetValue(name, out var kind) ? kind : null;
}
