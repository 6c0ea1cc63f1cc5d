namespace AlignOps.Training.Command;

/// <summary>A report, what a dry run saw, or why there is neither: exactly one of <c>Report</c>, <see cref="DryRun"/> and <c>Code</c> is there.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">A sentence with the remedy.</param>
public sealed record TrainCommandResult(TrainCommandReport? Report, string? Code, string? Reason)
{
    public TrainDryRun? DryRun { get; init; }

    internal static TrainCommandResult Done(TrainDryRun run) => new(null, null, null) { DryRun = run };

    internal static TrainCommandResult Done(TrainCommandReport report) => new(report, null, null);

    internal static TrainCommandResult Refused(string code, string reason) => new(null, code, reason);
}
