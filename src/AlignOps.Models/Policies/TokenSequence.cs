namespace AlignOps.Models.Policies;

/// <summary>
/// One token sequence and which of its tokens are scored. <c>Scored[t]</c> asks for log π(Tokens[t] | Tokens[..t]), so <c>Scored[0]</c> is false.
/// Length is carried by the arrays: padding is the engine's affair and is never scored.
/// </summary>
public sealed record TokenSequence(int[] Tokens, bool[] Scored)
{
    /// <summary>
    /// Seeds the noise of training, LoRA dropout and NEFTune, which is a function of it and the token's position, so that it does not depend on what else
    /// is in the batch. Null: no noise.
    /// </summary>
    public long? Noise { get; init; }

    /// <summary>The value of a policy with a scalar head is asked for at the last token.</summary>
    public bool Valued { get; init; }

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

    /// <summary>A text whose value alone is asked for.</summary>
    public static TokenSequence ForValue(int[] tokens) => new(tokens, new bool[tokens.Length]) { Valued = true };

    /// <summary>How many log-probabilities the sequence yields.</summary>
    public int ScoredCount => Scored.Count(s => s);
}
