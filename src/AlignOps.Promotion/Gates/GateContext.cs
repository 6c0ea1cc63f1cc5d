using AlignOps.Contracts;

namespace AlignOps.Promotion.Gates;

/// <summary>What a decision is about, and what the registry says at the moment of deciding.</summary>
/// <param name="Champion">The champion that the candidate was compared with.</param>
/// <param name="Current">The champion now; null where the pipeline has none.</param>
/// <param name="Hold">Why promotions are on hold and by whom, in words; null where they are not.</param>
internal sealed record GateContext(
    string RunId,
    string Pipeline,
    string DefinitionDigest,
    string DatasetDigest,
    string EvidenceDigest,
    ModelRef Candidate,
    ModelRef Champion,
    ModelRef Anchor,
    IReadOnlyList<string> BatchIds,
    ModelRef? Current,
    string? Hold)
{
    /// <summary>Runs of the pipeline that were decided before this one.</summary>
    public int Decisions { get; init; }

    /// <summary>How many of them were promoted.</summary>
    public int Promotions { get; init; }
}
