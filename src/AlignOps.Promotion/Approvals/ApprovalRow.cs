using System.Text.Json;
using AlignOps.Platform.Access;

namespace AlignOps.Promotion.Approvals;

/// <summary>A row of <c>promotion_approval</c>: one run that people are asked about.</summary>
internal sealed class ApprovalRow
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public int Needed { get; init; }
    public string Role { get; init; } = "";

    /// <summary>The registry's version that the candidate was compared with; an approval holds for no other.</summary>
    public long ChampionVersion { get; init; }

    public string BatchIds { get; init; } = "[]";
    public string State { get; init; } = "";

    /// <summary>Names, separated by a comma and a space, in the order of their answers.</summary>
    public string ApprovedBy { get; init; } = "";

    public string Reason { get; init; } = "";
    public long OpenedAt { get; init; }
    public long ExpiresAt { get; init; }
    public long? EndedAt { get; init; }

    public ApprovalRequirement Requirement => new(Needed, Enum.Parse<AccessRole>(Role, ignoreCase: true));

    public IReadOnlyList<string> Batches => JsonSerializer.Deserialize<string[]>(BatchIds)!;

    public DateTimeOffset Expires => DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt);
}
