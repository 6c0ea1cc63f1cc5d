namespace AlignOps.Training.Definitions;

/// <summary><c>training.simpo</c>.</summary>
public sealed record SimpoSection
{
    /// <summary>Scale of the mean log-probabilities; the authors use 2 to 10.</summary>
    public double Beta { get; init; } = 2;

    /// <summary>Target margin γ over β.</summary>
    public double GammaBetaRatio { get; init; } = 0.25;

    /// <summary>Weight of the chosen answer's negative log-likelihood per token; 0 is SimPO itself.</summary>
    public double SftWeight { get; init; }

    /// <summary>Of a ranking: <c>best-worst</c>, one pair a row, or <c>all</c> that differ in rank.</summary>
    public string Pairs { get; init; } = PairChoices.BestWorst;
}
