using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Policies;

namespace AlignOps.Serving.Routing;

/// <summary>Sends a request to the champion or to the canary, by who asks or by the model that an ops engineer names, and picks those that a shadow answers too.</summary>
internal sealed class PolicyRouter(PolicyCatalog catalog)
{
    /// <param name="wanted">The role that the caller asks for; null where the share decides.</param>
    /// <returns>Null where the pipeline has no policy in that role.</returns>
    public Route? Enter(ChatRequest request, string caller, string? wanted)
    {
        var cluster = StickyShare.Cluster(request, caller);
        var candidate = catalog.CandidateOf(request.Pipeline);
        if (wanted is Roles.Canary or Roles.Shadow)
        {
            return Matches(candidate, wanted) && Enter(candidate!.Policy) is { } asked ? new Route(asked, new Assignment(wanted, candidate.Row.RunId, cluster, Forced: true)) : null;
        }

        // A version by name is a choice too.
        var forced = wanted is not null || request.Version is not null;
        if (!forced && candidate is { Row.IsCanary: true } && StickyShare.Of(candidate.Row.RunId, cluster) < candidate.Row.Share && Enter(candidate.Policy) is { } canary)
        {
            return new Route(canary, new Assignment(Roles.Canary, candidate.Row.RunId, cluster, Forced: false));
        }

        if (catalog.Enter(request.Pipeline) is not { } champion)
        {
            return null;
        }

        var route = new Route(champion, new Assignment(Roles.Champion, Evidence(candidate, champion.Policy), cluster, forced));
        return !forced && candidate is { Row.IsShadow: true } && Random.Shared.NextDouble() < candidate.Row.Share && Enter(candidate.Policy) is { } shadow
            ? route with { Shadow = shadow, ShadowAssignment = new Assignment(Roles.Shadow, candidate.Row.RunId, cluster, Forced: false) }
            : route;
    }

    /// <summary>The deployment that a champion's answer is evidence in: the one beside it in canary, or its own while it is watched.</summary>
    private static string? Evidence(ServedCandidate? candidate, ServedPolicy champion) => candidate switch
    {
        { Row.IsCanary: true } => candidate.Row.RunId,
        { Row.IsShadow: false } when candidate.Row.Model == champion.Model => candidate.Row.RunId,
        _ => null,
    };

    private static bool Matches(ServedCandidate? candidate, string role) =>
        candidate is not null && (role == Roles.Canary ? candidate.Row.IsCanary : candidate.Row.IsShadow);

    private static PolicyLease? Enter(ServedPolicy? policy) => policy is not null && policy.TryEnter() ? new PolicyLease(policy) : null;
}
