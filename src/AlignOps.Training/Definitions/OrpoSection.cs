namespace AlignOps.Training.Definitions;

/// <summary><c>training.orpo</c>.</summary>
public sealed record OrpoSection
{
    /// <summary>Weight of the odds ratio beside the likelihood; the paper's λ.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>Tokens of the likelihood: <c>response</c>, or <c>all</c> for prompt and response, as TRL has it.</summary>
    public string Likelihood { get; init; } = "response";

    /// <summary>Of a ranking: <c>best-worst</c>, one pair a row, or <c>all</c> that differ in rank.</summary>
    public string Pairs { get; init; } = PairChoices.BestWorst;
}
