namespace AlignOps.Training.Objectives;

/// <param name="Beta">β: how far the policy may move from the reference; small lets it move far.</param>
/// <param name="DesirableWeight">λ_D, of thumbs up; null where the thumbs' numbers decide.</param>
/// <param name="UndesirableWeight">λ_U, of thumbs down; null where the thumbs' numbers decide.</param>
/// <param name="AgainstDivergence">Rewards are compared with z0, the step's divergence from the reference; false: with 0.</param>
public sealed record KtoOptions(double Beta = 0.1, double? DesirableWeight = null, double? UndesirableWeight = null, bool AgainstDivergence = true);
