using System.Text.Json.Serialization;

namespace AlignOps.Contracts.Evidence;

/// <summary>What a judge found that has not qualified yet: for readers. No rule looks at it, so it can neither promote nor reject.</summary>
/// <param name="Judge">Its name in the definition.</param>
/// <param name="JudgeDigest">Its identity: provider, address, model, prompt, parameters and parser.</param>
/// <param name="Details">Digest of the blob with every pair, both orders and the raw answers; null where nothing was asked.</param>
/// <param name="Comparisons">Pairs that it was to judge, the candidate's answer against the champion's.</param>
/// <param name="Scored">Pairs with a verdict in both orders.</param>
/// <param name="WinRate">Mean outcome over units; null where nothing was scored. <paramref name="Lower"/> and <paramref name="Upper"/> hold with 95 % at every sample size.</param>
/// <param name="Inconsistent">Scored pairs in which the two orders contradicted each other.</param>
/// <param name="Agreement">Share of the pairs that both it and the verifier scored in which they prefer the same; null where there is none.</param>
/// <param name="Unscored">Pairs without an outcome, by reason code.</param>
/// <param name="Calls">Calls by how they ended; they sum to all that were wanted.</param>
/// <param name="Tokens">Taken from the budget by this run, as is <paramref name="Money"/>.</param>
/// <param name="Sentence">All of it for people.</param>
public sealed record JudgeReport(
    string Judge,
    string JudgeDigest,
    string Model,
    string? Details,
    int Comparisons,
    int Scored,
    double? WinRate,
    double? Lower,
    double? Upper,
    int Inconsistent,
    double? Agreement,
    IReadOnlyDictionary<string, int> Unscored,
    IReadOnlyDictionary<string, int> Calls,
    long Tokens,
    decimal Money,
    string Sentence)
{
    /// <summary>What its verdicts come to skill by skill, dimension by dimension, or whatever they are made of; null where they are of one piece.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JudgePart>? Parts { get; init; }
}
