using AlignOps.Contracts;
using AlignOps.Promotion.Registry;

namespace AlignOps.Promotion.Http;

/// <summary>A champion as the API tells it.</summary>
/// <param name="Hold">Why promotions are on hold, or null.</param>
public sealed record ChampionAnswer(string Pipeline, ModelRef Champion, int Version, ModelRef Anchor, string Cause, string DecidedBy, DateTimeOffset Since, string? Hold)
{
    internal static ChampionAnswer Of(Champion champion) =>
        new(champion.Pipeline, champion.Model, champion.Version, champion.Anchor, champion.Cause, champion.DecidedBy, champion.Since, champion.Hold);
}
