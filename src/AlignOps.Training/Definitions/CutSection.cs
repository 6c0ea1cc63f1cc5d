namespace AlignOps.Training.Definitions;

/// <summary><c>training.cut</c>.</summary>
public sealed record CutSection
{
    /// <summary>A token is unfit where the judgment makes it more than this many times likelier.</summary>
    public double Threshold { get; init; } = 1.2;

    /// <summary>Weight of the unfit tokens' unlikelihood.</summary>
    public double UnlikelihoodWeight { get; init; } = 0.5;

    /// <summary>A judged answer that scores at least this is imitated.</summary>
    public double PositiveScore { get; init; } = 7;

    /// <summary>Stands before the judgment in the user's turn.</summary>
    public string JudgmentMarker { get; init; } = "### Judgment:";
}
