namespace AlignOps.Promotion.Approvals;

/// <summary>A row of <c>promotion_approval_vote</c>.</summary>
internal sealed class VoteRow
{
    public string Person { get; init; } = "";
    public string Answer { get; init; } = "";
    public string Reason { get; init; } = "";
    public long At { get; init; }

    public ApprovalVote ToVote() => new(Person, Answer, Reason, DateTimeOffset.FromUnixTimeMilliseconds(At));
}
