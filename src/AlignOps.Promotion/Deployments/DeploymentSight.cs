using AlignOps.Promotion.Deployments.Live;

namespace AlignOps.Promotion.Deployments;

/// <summary>What a deployment's next step depends on, as seen at one moment.</summary>
/// <param name="Now">Unix milliseconds.</param>
/// <param name="ChampionVersion">The registry's version now; 0 where the pipeline has no champion.</param>
/// <param name="Hold">Why promotions are on hold, in words; null where they are not.</param>
/// <param name="UnderWay">Run of another candidate of the pipeline that is on its way; null where there is none.</param>
/// <param name="Verification">What became of the check of files; null where it has not been made.</param>
internal sealed record DeploymentSight(long Now, long ChampionVersion, string? Hold, string? UnderWay, Verification? Verification, LiveFigures Live);
