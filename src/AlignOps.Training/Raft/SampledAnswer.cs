namespace AlignOps.Training.Raft;

/// <summary>An answer of a round.</summary>
/// <param name="Tokens">With the end token.</param>
/// <param name="Reward">Null where it was discarded or could not be rated.</param>
/// <param name="Fault">Why it was discarded, a code of <see cref="AnswerFilter"/>; null where it was not.</param>
internal sealed record SampledAnswer(string Text, int[] Tokens, double? Reward, string? Fault);
