namespace AlignOps.WebConsole.Reading;

/// <summary>All that the page shows on which a person labels.</summary>
/// <param name="Pair">Null where nothing waits for the visitor.</param>
/// <param name="Fault">Why nothing can be shown; null otherwise.</param>
public sealed record LabelModel(LabelPair? Pair, string? Pipeline, string? Run, string? Fault)
{
    /// <summary>The choices, each with the key that makes it.</summary>
    public static readonly IReadOnlyList<(string Name, string Words, string Key)> Choices =
        [("first", "The first is better", "1"), ("second", "The second is better", "2"), ("tie", "Equally good", "3"), ("both-bad", "Both are bad", "4")];

    public static readonly IReadOnlyList<(string Name, string Words)> Levels =
        [("good", "Good"), ("minor-errors", "Acceptable, small errors"), ("major-errors", "Significant errors"), ("unusable", "Unusable")];
}
