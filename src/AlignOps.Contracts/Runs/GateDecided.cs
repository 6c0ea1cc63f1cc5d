using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>The gate answered; the record with all rules, bounds and observations is the blob <c>RecordDigest</c>.</summary>
/// <param name="Code">The rule or circumstance that decided, such as <c>better</c>, <c>harm</c> or <see cref="ChampionMoved"/>; null where nobody said.</param>
[EntityName("alignops.gate-decided")]
[MessageUrn("alignops:gate-decided")]
public sealed record GateDecided(
    string RunId, string Pipeline, GateDecision Decision, string Reason, string RecordDigest, double WinRate, double Lower, int Items, string? Code = null)
{
    /// <summary>The candidate was proven better than a champion that is no more.</summary>
    public const string ChampionMoved = "champion-moved";

    /// <summary>Every rule had passed, and too few people agreed in time.</summary>
    public const string ApprovalExpired = "approval-expired";

    /// <summary>Every rule had passed, and a person said no.</summary>
    public const string RejectedByPerson = "rejected-by-person";
}
