namespace AlignOps.Training.Objectives;

/// <summary>What a loss gives back for the sequences it was shown.</summary>
/// <param name="Gradients">∂L/∂log-probability per scored token, shaped as the log-probabilities.</param>
public sealed record LossResult(double Loss, IReadOnlyList<double[]> Gradients, IReadOnlyList<MetricSum> Metrics)
{
    /// <summary>∂L/∂value of each sequence, 0 where it asked for none; null where the objective has no head.</summary>
    public double[]? ValueGradients { get; init; }
}
