using AlignOps.Contracts;
using AlignOps.Promotion.Deployments;

namespace AlignOps.Promotion.Http;

/// <summary>A deployment as the API tells it.</summary>
/// <param name="Metric">The live rule that is nearest to its bound, with its e-value and the bound.</param>
/// <param name="ThumbsUp">People or conversations, by their first thumb for the candidate; beside them those for the champion.</param>
public sealed record DeploymentAnswer(
    string RunId, ModelRef Candidate, ModelRef Champion, int? Version, string Stage, double Share, bool Active, string Metric, double EValue, double Bound,
    long ThumbsUp, long ThumbsDown, long ChampionThumbsUp, long ChampionThumbsDown, long Requests, DateTimeOffset Since, DateTimeOffset StartedAt, string Reason, string DecidedBy)
{
    internal static DeploymentAnswer Of(Deployment deployment) => new(
        deployment.RunId, deployment.Candidate, deployment.Champion, (int?)deployment.Version, deployment.Stage, deployment.Share, deployment.Active == 1,
        deployment.Metric, deployment.EValue, deployment.Bound,
        deployment.ThumbsUp, deployment.ThumbsDown, deployment.ChampionThumbsUp, deployment.ChampionThumbsDown, deployment.Requests,
        DateTimeOffset.FromUnixTimeMilliseconds(deployment.Since), DateTimeOffset.FromUnixTimeMilliseconds(deployment.StartedAt), deployment.Reason, deployment.DecidedBy);
}
