using AlignOps.Serving.Policies;

namespace AlignOps.Serving.Routing;

/// <summary>Where a request goes.</summary>
/// <param name="Lease">The policy that answers; whoever takes the route disposes it.</param>
/// <param name="Shadow">A candidate that answers it too, in the background, and under which deployment; null where none does. To be disposed likewise.</param>
internal sealed record Route(PolicyLease Lease, Assignment Assignment, PolicyLease? Shadow = null, Assignment? ShadowAssignment = null);
