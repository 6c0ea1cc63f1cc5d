namespace AlignOps.Training.Definitions;

/// <summary><c>training.pro</c>.</summary>
public sealed record ProSection
{
    /// <summary>Weight of the best answer's negative log-likelihood, times (n − 1)² for n answers.</summary>
    public double SftWeight { get; init; } = 0.05;
}
