namespace AlignOps.Training.Definitions;

/// <summary><c>training.fine_grained</c>.</summary>
public sealed record FineGrainedSection
{
    /// <summary>Factor on the weights of bad stretches, whose tokens are made less likely.</summary>
    public double BadWeight { get; init; } = 1;

    /// <summary>Weight of tokens in no stretch, the end token among them; 0 leaves them out.</summary>
    public double UnmarkedWeight { get; init; }
}
