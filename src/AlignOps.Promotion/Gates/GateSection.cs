namespace AlignOps.Promotion.Gates;

/// <summary>The <c>gate</c> section of pipeline.yaml.</summary>
public sealed record GateSection
{
    /// <summary>The chance that an equal candidate is ever called better. The same chance, shared by all alarms, that it is called worse.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>
    /// The share of promotions over all the pipeline's runs that may be no improvement, such as 0.05. Each run then has to be proven better at what its predecessors left of it (e-LOND), and at
    /// alpha at least. Absent: every run at alpha.
    /// </summary>
    public double? ErrorBudget { get; init; }

    /// <summary>The level of each proof that the candidate is not worse. All of them must hold, so none needs a correction.</summary>
    public double GuardAlpha { get; init; } = 0.05;

    /// <summary>Below so many independent units (items, or clusters of them) nothing is decided, overall or in a slice.</summary>
    public int MinItems { get; init; } = 20;

    /// <summary>How far the mean score on the regression suites may fall, on the scale 0 to 1.</summary>
    public double RegressionMargin { get; init; } = 0.05;

    /// <summary>How far below 1/2 the win rate against the anchor may lie. Small losses in a row add up to at most this.</summary>
    public double AnchorMargin { get; init; } = 0.1;

    /// <summary>How far below 1/2 a slice's win rate may lie, and how far the rate of any one behaviour may fall, before it stops a promotion for certain.</summary>
    public double SliceMargin { get; init; } = 0.15;

    /// <summary>The share of comparisons that may end unscored.</summary>
    public double MaxUnscored { get; init; } = 0.02;

    /// <summary>Resamples behind the intervals that records show beside the bounds that decide; 0: none.</summary>
    public int BootstrapDraws { get; init; } = 10_000;

    /// <summary>Whether a pipeline without a regression suite may promote nothing (the default), or does without that proof.</summary>
    public bool RequireRegression { get; init; } = true;

    /// <summary>Whether a candidate that is not proven better than the untrained base behind its fixed prompt may be promoted (the default: the record says so, and no more), or not.</summary>
    public bool RequireBaseline { get; init; }

    /// <summary>Who must agree when every other rule has passed: <c>1 of ops</c>, <c>2 of admin</c>. Whoever pushed a batch of the run does not count. Absent: nobody is asked.</summary>
    public string? Approval { get; init; }

    /// <summary>How long people have for it, in days; afterwards the run is inconclusive.</summary>
    public double ApprovalDays { get; init; } = 7;

    /// <summary>
    /// How many pairs of answers people are to compare before a promotion, the judge's most uncertain ones first. They are asked only where every rule of the judge's evidence has passed; the
    /// win rate that their labels correct then has to be proven above 1/2 too. 0: nobody is asked.
    /// </summary>
    public int People { get; init; }

    /// <summary>How many people compare each of those pairs.</summary>
    public int PeopleEach { get; init; } = 1;

    /// <summary>How long people have for it, in days; afterwards the gate decides on what there is.</summary>
    public double PeopleDays { get; init; } = 3;
}
