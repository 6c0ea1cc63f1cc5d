using AlignOps.Promotion.Approvals;

namespace AlignOps.Promotion.Http;

/// <summary>A request for approval as the API tells it.</summary>
/// <param name="State"><c>awaiting</c>, <c>approved</c>, <c>rejected</c>, <c>expired</c> or <c>superseded</c> (the champion changed meanwhile).</param>
/// <param name="Needed">People of the role, each counted once, none of whom pushed a batch of the run.</param>
/// <param name="Votes">Answers so far, earliest first.</param>
/// <param name="Reason">How it ended; empty while it waits.</param>
public sealed record ApprovalAnswer(
    string RunId, string Pipeline, string State, int Needed, string Role, int Given, IReadOnlyList<ApprovalVote> Votes, DateTimeOffset Opened, DateTimeOffset Expires, string Reason)
{
    internal static ApprovalAnswer Of(ApprovalRow row, IReadOnlyList<ApprovalVote> votes) => new(
        row.RunId, row.Pipeline, row.State, row.Needed, row.Role, votes.Count(vote => vote.Answer == ApprovalVote.Approve), votes,
        DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), row.Expires, row.Reason);
}
