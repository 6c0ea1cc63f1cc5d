namespace AlignOps.Promotion.Deployments.Policy;

/// <summary>What a configured stage is.</summary>
public enum StageKind
{
    Shadow,
    Canary,
    Full,
}
