namespace AlignOps.Training.Command;

/// <summary>A report, or why there is none: exactly one of <c>Report</c> and <c>Code</c> is there.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">A sentence with the remedy.</param>
public sealed record TrainCommandResult(TrainCommandReport? Report, string? Code, string? Reason)
{
    internal static TrainCommandResult Done(TrainCommandReport report) => new(report, null, null);

    internal static TrainCommandResult Refused(string code, string reason) => new(null, code, reason);
}
