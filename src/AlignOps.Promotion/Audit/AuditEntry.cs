namespace AlignOps.Promotion.Audit;

/// <summary>One row of the audit log.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Content">What was decided, as JSON.</param>
/// <param name="Hash">SHA-256 over the previous row's hash and all of this row.</param>
public sealed record AuditEntry
{
    public long Seq { get; init; }
    public long At { get; init; }
    public string Actor { get; init; } = "";
    public string Action { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string Content { get; init; } = "";
    public string PreviousHash { get; init; } = "";
    public string Hash { get; init; } = "";
}
