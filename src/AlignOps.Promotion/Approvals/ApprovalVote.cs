namespace AlignOps.Promotion.Approvals;

/// <summary>One person's answer to a run that awaits approval.</summary>
/// <param name="Answer"><c>approve</c> or <c>reject</c>.</param>
public sealed record ApprovalVote(string Person, string Answer, string Reason, DateTimeOffset At)
{
    internal const string Approve = "approve";
    internal const string Reject = "reject";
}
