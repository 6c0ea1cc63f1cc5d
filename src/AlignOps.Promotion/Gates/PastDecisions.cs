namespace AlignOps.Promotion.Gates;

/// <summary>How a pipeline's earlier runs ended.</summary>
internal sealed record PastDecisions
{
    public long Decisions { get; init; }

    public long Promotions { get; init; }
}
