namespace AlignOps.Intake.Rows;

/// <summary>Rows that become one batch.</summary>
internal sealed record RowClaim
{
    public string Pipeline { get; init; } = "";

    public string PushedBy { get; init; } = "";

    public string Claim { get; init; } = "";
}
