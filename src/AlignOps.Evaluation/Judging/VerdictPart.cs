namespace AlignOps.Evaluation.Judging;

/// <summary>One of several things that a verdict is made of, by the places of the answers.</summary>
/// <param name="Name">A skill, a dimension, a rule, a turn, a member.</param>
/// <param name="Share">Of the preference for the first, as in <see cref="JudgeVerdict.Share"/>; null where this part says nothing.</param>
/// <param name="First">The first answer's score, where the part scores; likewise <paramref name="Second"/>.</param>
/// <param name="Unscored">Why it says nothing; null where it does.</param>
internal sealed record VerdictPart(string Name, double? Share, double? First = null, double? Second = null, string? Unscored = null);
