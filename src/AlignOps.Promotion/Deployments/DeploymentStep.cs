namespace AlignOps.Promotion.Deployments;

/// <summary>What to do about a deployment now.</summary>
/// <param name="State">The next state; equal to the one before where nothing changed.</param>
/// <param name="Moved">It is in another stage, or at its end: an event and an audit entry are due.</param>
internal sealed record DeploymentStep(Deployment State, bool Moved, RegistryAction Registry = RegistryAction.None);
