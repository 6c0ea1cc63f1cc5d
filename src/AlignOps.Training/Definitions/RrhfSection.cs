namespace AlignOps.Training.Definitions;

/// <summary><c>training.rrhf</c>.</summary>
public sealed record RrhfSection
{
    /// <summary><c>paper</c>, or <c>reference</c> for what the published code computes.</summary>
    public string Semantics { get; init; } = "paper";

    /// <summary>Weight of the ranking term beside the imitation term.</summary>
    public double RankWeight { get; init; } = 1;

    /// <summary>Exponent of the length that an answer's log-probability is divided by.</summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>Of the imitation term: <c>sum</c> as in the paper, or <c>tokens</c>.</summary>
    public string SftNormalisation { get; init; } = "sum";

    /// <summary>The best answer is imitated only where it scores this; silent: always.</summary>
    public double? SftMinScore { get; init; }
}
