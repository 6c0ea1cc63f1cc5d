namespace AlignOps.Training.Optimization;

/// <summary>
/// The learning rate of each step: a rise to the peak over the warm-up steps, then the chosen fall. No step has rate 0: the first warm-up step
/// has its share of the peak, and the fall would reach its end one step after the last.
/// </summary>
/// <param name="warmupRatio">Share of the steps, rounded up.</param>
/// <param name="finalShare">Where the fall ends, as a share of the peak.</param>
public sealed class LearningRateSchedule(ScheduleKind kind, double peak, int totalSteps, double warmupRatio, double finalShare = 0)
{
    public int WarmupSteps { get; } = (int)Math.Ceiling(Math.Round(warmupRatio * totalSteps, 9));

    /// <param name="step">0-based.</param>
    public double At(int step)
    {
        if (step < WarmupSteps)
        {
            return peak * (step + 1) / WarmupSteps;
        }

        double progress = (double)(step - WarmupSteps) / Math.Max(1, totalSteps - WarmupSteps);
        double fall = kind switch
        {
            ScheduleKind.Linear => 1 - progress,
            ScheduleKind.Cosine => 0.5 * (1 + Math.Cos(Math.PI * progress)),
            _ => 1,
        };
        return peak * (finalShare + (1 - finalShare) * fall);
    }
}
