namespace AlignOps.Training.Objectives;

/// <param name="Beta">β: how far the policy may move from the reference; small lets it move far.</param>
/// <param name="DesirableWeight">λ_D, of thumbs up.</param>
/// <param name="UndesirableWeight">λ_U, of thumbs down. With few of one thumb its weight is raised until λ_D·n_D and λ_U·n_U are about equal.</param>
public sealed record KtoOptions(double Beta = 0.1, double DesirableWeight = 1, double UndesirableWeight = 1);
