namespace AlignOps.Promotion.Http;

/// <summary>Certifies a model as champion and anchor.</summary>
/// <param name="Checkpoint">Tree digest of a Hugging Face checkpoint directory in the blob store.</param>
/// <param name="Adapter">Tree digest of a PEFT adapter directory, or null.</param>
public sealed record CertifyRequest(string? Checkpoint, string? Adapter, string? Reason);

/// <param name="To">The version to bring back; null: the candidate that is on its way is taken back, or else the champion before the present one comes back.</param>
/// <param name="ToVersion">Another name for <paramref name="To"/>.</param>
public sealed record RollbackRequest(string? Reason, int? To = null, int? ToVersion = null);

/// <summary>A person's answer to a run that awaits approval.</summary>
public sealed record ApprovalRequest(string? Reason);

/// <summary>Stops promotions of a pipeline, or lets them go on.</summary>
public sealed record HoldRequest(string? Reason);
