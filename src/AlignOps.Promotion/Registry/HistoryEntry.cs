using AlignOps.Contracts;

namespace AlignOps.Promotion.Registry;

/// <summary>One champion of a pipeline's past or present.</summary>
/// <param name="Restores">The version that a rollback brought back; null for a model that was new.</param>
public sealed record HistoryEntry(
    int Version, ModelRef Model, string Cause, string DecidedBy, string Reason, string? RunId, string? RecordDigest, int? Restores, DateTimeOffset At);
