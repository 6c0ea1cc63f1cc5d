namespace AlignOps.Training.Trainers;

/// <summary>One optimizer step, as its metrics line says it.</summary>
/// <param name="Step">1-based.</param>
/// <param name="Epoch">Passes over the examples so far, with a fraction.</param>
/// <param name="GradientNorm">Global norm before clipping.</param>
/// <param name="Tokens">All tokens trained on so far, prompts included.</param>
/// <param name="Metrics">The objective's own, by TRL's names.</param>
public sealed record StepReport(
    int Step, int TotalSteps, double Epoch, double Loss, double GradientNorm, double LearningRate, long Tokens, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The loss beside those of the steps before, in standard deviations; null where there are too few or they are all alike.</summary>
    public double? LossZScore { get; init; }

    /// <summary>The same of the gradient norm.</summary>
    public double? GradientNormZScore { get; init; }
}
