namespace AlignOps.Evaluation.People;

/// <summary>Choices and levels as they are stored and sent.</summary>
internal static class LabelNames
{
    public static readonly IReadOnlyList<string> Choices = ["first", "second", "tie", "both-bad"];
    public static readonly IReadOnlyList<string> Levels = ["good", "minor-errors", "major-errors", "unusable"];

    public static string Name(LabelChoice choice) => Choices[(int)choice];

    public static string? Name(Acceptability? level) => level is { } one ? Levels[(int)one] : null;

    public static LabelChoice? Choice(string? name) => At(Choices, name) is { } place ? (LabelChoice)place : null;

    public static Acceptability? Level(string? name) => At(Levels, name) is { } place ? (Acceptability)place : null;

    private static int? At(IReadOnlyList<string> names, string? name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return null;
    }
}
