namespace AlignOps.Training.Definitions;

/// <summary><c>training.edits</c>.</summary>
public sealed record EditsSection
{
    /// <summary>Weight of the revised answer's tokens that are new or stand for others.</summary>
    public double ChangedWeight { get; init; } = 2;

    /// <summary>Weight of the revised answer's tokens that were kept; 0 learns the changes alone.</summary>
    public double KeptWeight { get; init; } = 1;

    /// <summary>Weight of the unlikelihood of what was taken out of the answer before; 0 leaves it be.</summary>
    public double RemovedWeight { get; init; }
}
