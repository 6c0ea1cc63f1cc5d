using System.Text.Json.Serialization;

namespace AlignOps.Contracts.Evidence;

/// <summary>One draw of one item: the answers, what was found in them, and how the candidate's compares.</summary>
/// <param name="Sample">0-based draw; draws of an item are not independent of each other.</param>
/// <param name="Cluster">Items of one cluster share a source; an item without one stands alone.</param>
/// <param name="Question">The last user turn, for readers; the suite file holds the whole prompt.</param>
/// <param name="Anchor">Null where the anchor was not asked, because it is the champion.</param>
/// <param name="VersusChampion">Null in a regression suite and in one that reports.</param>
/// <param name="VersusAnchor">Null in a regression suite and in one that reports.</param>
public sealed record EvidenceItem(
    string Suite,
    string Id,
    int Sample,
    string Slice,
    string? Cluster,
    string Question,
    EvidenceAnswer Candidate,
    EvidenceAnswer Champion,
    EvidenceAnswer? Anchor,
    EvidenceComparison? VersusChampion,
    EvidenceComparison? VersusAnchor)
{
    /// <summary>Of the question, such as <c>de</c>, as the suite names it or the question shows it; null where neither does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>What the untrained base answered; null where it was not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceAnswer? Baseline { get; init; }

    /// <summary>The candidate's answer against the untrained base's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceComparison? VersusBaseline { get; init; }

    /// <summary>Null where people were not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidencePeople? People { get; init; }

    /// <summary>What the statistics count as one: the cluster, or the item where it has none.</summary>
    public string Unit => Cluster ?? $"{Suite}/{Id}";

    /// <summary>Some comparison, or some score where there are no comparisons, is missing.</summary>
    public bool IsUnscored => VersusChampion is null
        ? Candidate.Score is null || Champion.Score is null
        : VersusChampion.Outcome is null || VersusAnchor?.Outcome is null;
}
