namespace AlignOps.Training.Definitions;

/// <summary><c>training.ipo</c>.</summary>
public sealed record IpoSection
{
    /// <summary>Of an answer's log-ratio: <c>tokens</c>, as TRL and the paper's authors have it, or <c>sum</c>.</summary>
    public string Normalisation { get; init; } = "tokens";
}
