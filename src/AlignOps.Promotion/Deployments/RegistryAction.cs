namespace AlignOps.Promotion.Deployments;

/// <summary>What a step does to the registry of champions.</summary>
internal enum RegistryAction
{
    None,

    /// <summary>The candidate becomes champion.</summary>
    Promote,

    /// <summary>The champion before it comes back, or the next of its ancestors that can be loaded.</summary>
    Restore,
}
