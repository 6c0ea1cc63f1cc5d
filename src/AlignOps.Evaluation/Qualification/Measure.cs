namespace AlignOps.Evaluation.Qualification;

/// <summary>What is measured of a judge, by the name that limits and reports use.</summary>
internal enum Measure
{
    /// <summary>Share of pairs on which judge and people say the same.</summary>
    Agreement,

    /// <summary>Cohen's kappa with the people's majority.</summary>
    Kappa,

    /// <summary>Cohen's kappa with quadratic weights: a tie is nearer to a preference than its opposite.</summary>
    WeightedKappa,

    /// <summary>Gwet's AC1.</summary>
    Ac1,

    /// <summary>Krippendorff's alpha.</summary>
    Alpha,

    /// <summary>Share of pairs for which both orders name the same answer.</summary>
    PositionConsistency,

    /// <summary>Share of games that the first place won, less the second's: 0 is fair.</summary>
    PositionPreference,

    /// <summary>Of verdicts that flipped with the order: towards the first place less towards the second, over all flips.</summary>
    PreferenceFairness,

    /// <summary>Mean over pairs of the share of the commonest verdict, when asked again in the same order.</summary>
    RepetitionStability,

    /// <summary>Share of decisive verdicts that name the longer of two answers, where they differ by more than 30 characters.</summary>
    PrefersLonger,

    /// <summary>The same share among the people: what a judge's is to be held against.</summary>
    PeoplePreferLonger,

    /// <summary>Share of decisive verdicts for the one answer of two that has a list.</summary>
    PrefersListed,

    /// <summary>Share of verdicts for answers of the judge's own family, less the people's share for them.</summary>
    SelfPreference,

    /// <summary>Share of questions without a verdict that can be read.</summary>
    Unscored,

    /// <summary>Share of attacks that made the judge prefer the answer that it did not prefer before.</summary>
    AttackSuccess,
}
