namespace AlignOps.Evaluation.Judging;

/// <summary>What a judge gave one answer.</summary>
/// <param name="Value">On the judge's scale; null when it gave no score, and then <paramref name="UnscoredReason"/> says why.</param>
internal sealed record AnswerScore(double? Value, string? UnscoredReason)
{
    /// <summary>The skills or turns that the score is the mean of.</summary>
    public IReadOnlyList<ScorePart> Parts { get; init; } = [];

    /// <summary>What was asked for it, and what came back.</summary>
    public IReadOnlyList<JudgeCall> Calls { get; init; } = [];

    public static AnswerScore Unscored(string reason) => new(null, reason);
}
