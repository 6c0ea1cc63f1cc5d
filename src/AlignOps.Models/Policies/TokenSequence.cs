namespace AlignOps.Models.Policies;

/// <summary>
/// One token sequence and which of its tokens are scored. <c>Scored[t]</c> asks for log π(Tokens[t] | Tokens[..t]), so <c>Scored[0]</c> is false.
/// Length is carried by the arrays: padding is the engine's affair and is never scored.
/// </summary>
public sealed record TokenSequence(int[] Tokens, bool[] Scored)
{
    /// <summary>A prompt and its answer, where every answer token is scored and no prompt token is.</summary>
    public static TokenSequence PromptAnswer(ReadOnlySpan<int> prompt, ReadOnlySpan<int> answer)
    {
        if (prompt.IsEmpty)
        {
            throw new ArgumentException("A scored token needs at least one token before it.", nameof(prompt));
        }

        int[] tokens = [.. prompt, .. answer];
        var scored = new bool[tokens.Length];
        scored.AsSpan(prompt.Length).Fill(true);
        return new TokenSequence(tokens, scored);
    }

    /// <summary>How many log-probabilities the sequence yields.</summary>
    public int ScoredCount => Scored.Count(s => s);
}
