namespace AlignOps.Models.Generation;

/// <summary>One continuation.</summary>
/// <param name="Tokens">The new tokens without the end token.</param>
/// <param name="LogProbabilities">log π of each new token at temperature 1, the end token's included when it was drawn.</param>
public sealed record GenerationResult(int[] Tokens, float[] LogProbabilities, FinishReason FinishReason);
