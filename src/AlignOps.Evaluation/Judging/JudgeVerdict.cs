namespace AlignOps.Evaluation.Judging;

/// <summary>What a judge said of a pair in one order: a share of the preference for the answer in the first place, or why there is none.</summary>
internal sealed record JudgeVerdict
{
    private JudgeVerdict(double? share, string? unscoredReason) => (Share, UnscoredReason) = (share, unscoredReason);

    /// <summary>In [0, 1]: 1 prefers the first, 1/2 is a tie, 0 the second; a judge that is unsure may say any number between. Null when there is no verdict.</summary>
    public double? Share { get; }

    /// <summary>Why there is no verdict; null when there is one.</summary>
    public string? UnscoredReason { get; }

    /// <summary>The scores that it comes from, where both answers have one.</summary>
    public ScoredPair? Scores { get; init; }

    /// <summary>The skills, dimensions, rules, turns or members that it is made of.</summary>
    public IReadOnlyList<VerdictPart> Parts { get; init; } = [];

    /// <summary>What was asked for it, and what came back.</summary>
    public IReadOnlyList<JudgeCall> Calls { get; init; } = [];

    /// <summary>Which place it leans to; null when there is no verdict.</summary>
    public Preference? Preferred => Share is { } share ? PairedOutcome.Preferred(share) : null;

    public static JudgeVerdict Of(Preference preferred) => new(PairedOutcome.Of(preferred), null);

    /// <param name="share">In [0, 1].</param>
    public static JudgeVerdict Of(double share) =>
        share is >= 0 and <= 1 ? new(share, null) : throw new ArgumentOutOfRangeException(nameof(share), share, "A share of a preference is in [0, 1].");

    /// <summary>By scores: the higher one is preferred.</summary>
    public static JudgeVerdict Of(ScoredPair scores) => new(PairedOutcome.Of(scores), null) { Scores = scores };

    public static JudgeVerdict Unscored(string reason) => new(null, reason);
}
