namespace AlignOps.Promotion.Audit;

/// <summary>Whether the audit log is as it was written.</summary>
/// <param name="Entries">Entries that are sound, counted from the first.</param>
/// <param name="BrokenAt">The first entry that is not; null where all are.</param>
/// <param name="Head">Hash of the last entry. Noted elsewhere, it also guards against a log rewritten from end to end.</param>
public sealed record AuditVerification(bool Whole, long Entries, long? BrokenAt, string? Head, string Sentence);
