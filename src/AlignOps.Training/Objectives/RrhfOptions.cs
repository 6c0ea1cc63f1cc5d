namespace AlignOps.Training.Objectives;

/// <param name="RankWeight">Weight of the ranking term; the reference's scripts pass 1.</param>
/// <param name="LengthPenalty">λ: the length's exponent in p = Σ log π / length^λ.</param>
/// <param name="SftNormalisation">Of the imitation term under the paper's semantics; the reference's is fixed.</param>
/// <param name="SftMinScore">Imitate the best answer only where it scores at least this; demonstrations always. Null: always.</param>
public sealed record RrhfOptions(
    RrhfSemantics Semantics = RrhfSemantics.Paper,
    double RankWeight = 1,
    double LengthPenalty = 1,
    RrhfNormalisation SftNormalisation = RrhfNormalisation.Sum,
    double? SftMinScore = null);
