namespace AlignOps.Training.Definitions;

/// <summary><c>training.dpo</c>, for dpo and its kin.</summary>
public sealed record DpoSection
{
    /// <summary>How strongly the policy is held to the one it starts from; small lets it move far. Silent: 0.1, or 5 for dpo-norm, whose log-ratios are per token.</summary>
    public double? Beta { get; init; }

    /// <summary>Share of the preferences that are taken for turned around; read by dpo, cdpo, robust-dpo and rpo. Silent: 0.1 for cdpo and robust-dpo, else 0.</summary>
    public double? LabelSmoothing { get; init; }

    /// <summary>Weight of the chosen answer's negative log-likelihood per token. Silent: 1 for rpo, else 0.</summary>
    public double? SftWeight { get; init; }

    /// <summary>Of a ranking: <c>best-worst</c>, one pair a row, or <c>all</c> that differ in rank.</summary>
    public string Pairs { get; init; } = PairChoices.BestWorst;
}
