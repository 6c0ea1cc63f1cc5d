namespace AlignOps.Models.Generation;

/// <summary>A new token of an answer.</summary>
/// <param name="LogProbability">log π at temperature 1.</param>
/// <param name="Likeliest">The most likely tokens in its place, as many as the request asked for, the likeliest first.</param>
public readonly record struct DrawnToken(int Token, float LogProbability, IReadOnlyList<TokenChance> Likeliest);
