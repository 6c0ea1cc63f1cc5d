using System.Globalization;
using AlignOps.Contracts.Runs;
using AlignOps.Promotion.Registry;

namespace AlignOps.Promotion.Approvals;

/// <summary>Who may answer what, and when: pure, so that every case can be laid out in a table.</summary>
internal static class ApprovalRules
{
    /// <summary>What ends a request without an answer; null while it stands.</summary>
    /// <returns>The state, the gate's code and its sentence.</returns>
    public static (string State, string Code, string Sentence)? Lapse(ApprovalRow row, Champion? champion, DateTimeOffset now)
    {
        if (champion?.Version != row.ChampionVersion)
        {
            var moved = champion is null ? "there is none any more" : string.Create(CultureInfo.InvariantCulture, $"it is version {champion.Version} now");
            return (ApprovalState.Superseded, GateDecided.ChampionMoved,
                string.Create(CultureInfo.InvariantCulture, $"Inconclusive: the approval asked for was against champion version {row.ChampionVersion}, and {moved}."));
        }

        return now < row.Expires
            ? null
            : (ApprovalState.Expired, GateDecided.ApprovalExpired, $"Inconclusive: {row.Requirement} had to be given by {Moment(row.Expires)}, and {Given(row)}.");
    }

    /// <summary>Why this person's answer does not count now; null where it does. The request has not lapsed.</summary>
    /// <param name="pushers">Who pushed a batch of the run: nobody approves what they fed.</param>
    public static ApprovalRefusal? Refuse(ApprovalRow row, Approver caller, bool approves, Champion champion, IReadOnlySet<string> pushers, IReadOnlyList<ApprovalVote> votes)
    {
        if (caller.Role < row.Requirement.Role)
        {
            return new(403, "role-too-low", $"Run {row.RunId} needs {row.Requirement}; the key of {caller.Name} has the role {caller.Role.ToString().ToLowerInvariant()}.");
        }

        if (!approves) return null;
        if (pushers.Contains(caller.Name)) return new(403, "own-batch", $"{caller.Name} pushed a batch of run {row.RunId}, so somebody else has to approve it.");
        if (votes.FirstOrDefault(vote => vote.Person == caller.Name && vote.Answer == ApprovalVote.Approve) is { } given)
        {
            return new(409, "already-approved", $"{caller.Name} approved run {row.RunId} at {Moment(given.At)}; one person counts once.");
        }

        return champion.Hold is { } hold ? new(409, "on-hold", $"Run {row.RunId} cannot be promoted: {hold}.") : null;
    }

    /// <summary>What to tell about a request that has ended.</summary>
    public static ApprovalRefusal Ended(ApprovalRow row) => row.State switch
    {
        ApprovalState.Expired => new(409, GateDecided.ApprovalExpired, $"The time to approve run {row.RunId} was over at {Moment(row.Expires)}."),
        ApprovalState.Superseded => new(409, GateDecided.ChampionMoved, row.Reason),
        _ => new(409, "already-decided", $"Run {row.RunId} was {row.State} at {Moment(DateTimeOffset.FromUnixTimeMilliseconds(row.EndedAt ?? row.OpenedAt))}: {row.Reason}"),
    };

    private static string Given(ApprovalRow row) => row.ApprovedBy.Length == 0 ? "nobody gave one" : $"only {row.ApprovedBy} did";

    private static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
