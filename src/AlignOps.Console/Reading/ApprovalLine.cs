namespace AlignOps.WebConsole.Reading;

/// <summary>A run that people are asked about, as <c>promotion_v_approvals</c> has it.</summary>
public sealed class ApprovalLine
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string State { get; init; } = "";
    public long Needed { get; init; }
    public string Role { get; init; } = "";
    public long Given { get; init; }
    public string? ApprovedBy { get; init; }
    public string? Reason { get; init; }
    public long OpenedAt { get; init; }
    public long ExpiresAt { get; init; }
    public long? EndedAt { get; init; }

    public bool IsOpen => State == "awaiting";

    internal const string Columns =
        """
        run_id as RunId, pipeline as Pipeline, state as State, needed as Needed, role as Role, given as Given, approved_by as ApprovedBy, reason as Reason,
        opened_at as OpenedAt, expires_at as ExpiresAt, ended_at as EndedAt
        """;
}
