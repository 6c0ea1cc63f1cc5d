using MassTransit;

namespace AlignOps.Contracts.Registry;

/// <summary>A candidate reached another stage of its deployment; the row of <c>promotion_v_deployments</c> is the truth behind it.</summary>
/// <param name="Champion">The model that answers everybody else, and that a rollback brings back.</param>
/// <param name="Stage">One of <see cref="DeploymentStages"/>.</param>
/// <param name="Share">The part of the people, or in shadow of the requests, that the candidate answers; in [0, 1].</param>
/// <param name="Reason">One sentence; for a rollback by a live rule the metric, what was observed, the bound and n.</param>
/// <param name="DecidedBy">A person's name, <c>gate</c>, or <c>live-rules</c>.</param>
/// <param name="Version">The registry's version of the candidate once it is champion.</param>
[EntityName("alignops.deployment-changed")]
[MessageUrn("alignops:deployment-changed")]
public sealed record DeploymentChanged(
    string Pipeline, string RunId, ModelRef Candidate, ModelRef Champion, string Stage, double Share, string Reason, string DecidedBy, int? Version);
