namespace AlignOps.Promotion.Registry;

/// <summary>Why a champion changed, as stored and published.</summary>
internal static class ChampionCause
{
    public const string Certified = "certified";
    public const string Gate = "gate";
    public const string Rollback = "rollback";

    /// <summary>Taken back by a live rule. Sets no hold: the next good candidate may follow.</summary>
    public const string LiveRules = "live-rules";
}
