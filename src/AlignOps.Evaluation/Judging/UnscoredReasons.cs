namespace AlignOps.Evaluation.Judging;

/// <summary>Why a judgment has no score, beside the outcomes of calls. Reports count by these.</summary>
internal static class UnscoredReasons
{
    /// <summary>The model, or its provider's filter, would not answer.</summary>
    public const string Refused = "refused";

    /// <summary>It ran into its limit of tokens.</summary>
    public const string Cut = "cut";

    public const string Empty = "empty";

    public const string NoVerdict = "no-verdict";

    public const string TwoVerdicts = "two-verdicts";

    /// <summary>Something stands where the verdict belongs that is none of those offered.</summary>
    public const string NotOffered = "verdict-not-offered";

    public const string NotLast = "verdict-not-last";

    /// <summary>The judge needs a reference, the suite item has none.</summary>
    public const string ReferenceMissing = "reference-missing";

    /// <summary>The judge is for questions of several turns.</summary>
    public const string OneTurn = "one-turn";

    /// <summary>The suite item names a skill that nobody knows.</summary>
    public const string SkillUnknown = "skill-unknown";

    /// <summary>The endpoint gave no log-probabilities.</summary>
    public const string NoLogProbabilities = "no-log-probabilities";

    /// <summary>Most of the probability went to something else than what was offered.</summary>
    public const string LabelsUnlikely = "labels-unlikely";

    /// <summary>Half of the samples, or more, could not be read.</summary>
    public const string TooFewSamples = "too-few-samples";

    /// <summary>The judge finds that nothing it was asked about applies.</summary>
    public const string NotApplicable = "not-applicable";

    /// <summary>The judge that scores gave no number.</summary>
    public const string NotRated = "not-rated";

    /// <summary>Half of a panel's members, or more, said nothing.</summary>
    public const string TooFewMembers = "too-few-members";

    /// <summary>A panel that must be of one mind has a member that said nothing.</summary>
    public const string MemberUnscored = "member-unscored";
}
