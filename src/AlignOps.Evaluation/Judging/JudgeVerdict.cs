namespace AlignOps.Evaluation.Judging;

/// <summary>What a judge said of a pair in one order.</summary>
/// <param name="Preferred">Null when the judge gave no verdict that can be read; then <paramref name="UnscoredReason"/> says why.</param>
internal sealed record JudgeVerdict(Preference? Preferred, string? UnscoredReason)
{
    public static JudgeVerdict Of(Preference preferred) => new(preferred, null);

    public static JudgeVerdict Unscored(string reason) => new(null, reason);
}
