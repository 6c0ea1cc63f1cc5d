namespace AlignOps.Promotion.Http;

/// <summary>Certifies a model as champion and anchor.</summary>
/// <param name="Checkpoint">Tree digest of a Hugging Face checkpoint directory in the blob store.</param>
/// <param name="Adapter">Tree digest of a PEFT adapter directory, or null.</param>
public sealed record CertifyRequest(string? Checkpoint, string? Adapter, string? Reason);

/// <param name="ToVersion">The version to bring back; null: the champion before the present one.</param>
public sealed record RollbackRequest(string? Reason, int? ToVersion);

/// <summary>A person's answer to a run that awaits approval.</summary>
public sealed record ApprovalRequest(string? Reason);

/// <summary>Lets the gate promote again after a rollback.</summary>
public sealed record ReleaseHoldRequest(string? Reason);
