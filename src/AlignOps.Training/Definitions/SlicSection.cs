namespace AlignOps.Training.Definitions;

/// <summary><c>training.slic</c>.</summary>
public sealed record SlicSection
{
    /// <summary>By how many nats the better answer should be likelier.</summary>
    public double Margin { get; init; } = 1;

    /// <summary>Weight λ of the better answer's negative log-likelihood, which keeps the policy where it was; the paper leaves it open.</summary>
    public double Regularisation { get; init; } = 0.1;

    /// <summary>Of a ranking: <c>best-worst</c>, one pair a row, or <c>all</c> that differ in rank.</summary>
    public string Pairs { get; init; } = PairChoices.BestWorst;
}
