using System.Text.Json.Serialization;

namespace AlignOps.Contracts.Evidence;

/// <summary>One of several things that a judge's verdicts are made of: a skill, a dimension, a principle, a turn, a member of a panel.</summary>
/// <param name="Pairs">Pairs in which it said something in both orders.</param>
/// <param name="WinRate">Mean outcome over these pairs, the candidate's; null where there are none.</param>
/// <param name="Candidate">Mean score of the candidate's answers; null, and not written, where the part does not score. Likewise <paramref name="Champion"/>.</param>
public sealed record JudgePart(
    string Name,
    int Pairs,
    double? WinRate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Candidate = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Champion = null);
