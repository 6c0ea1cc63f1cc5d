namespace AlignOps.Intake.Batches;

/// <summary>A batch as lists show it.</summary>
/// <param name="PushedAt">UTC.</param>
public sealed record BatchSummary(
    string BatchId, string Name, string Format, string PushedBy, DateTimeOffset PushedAt, int Rows, int Accepted, int Duplicate, int Quarantined, int Rejected);
