namespace AlignOps.Training.Definitions;

/// <summary><c>training.sft</c>.</summary>
public sealed record SftSection
{
    /// <summary>Answers that score lower are not imitated; silent: the best of each row, whatever it scores.</summary>
    public double? MinScore { get; init; }
}
