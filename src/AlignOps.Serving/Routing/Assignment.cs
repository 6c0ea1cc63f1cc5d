namespace AlignOps.Serving.Routing;

/// <summary>As what, and for whom, a policy answers a request; on record with the answer, so that a thumb is accounted to the right side.</summary>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="DeploymentId">The deployment that the answer is evidence in; null where it is in none.</param>
/// <param name="Cluster">The person or conversation, hashed.</param>
/// <param name="Forced">The caller chose the model: no evidence, for who chooses is not a random person.</param>
internal sealed record Assignment(string Role, string? DeploymentId, string Cluster, bool Forced);
