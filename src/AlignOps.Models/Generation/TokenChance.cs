namespace AlignOps.Models.Generation;

/// <param name="LogProbability">log π at temperature 1.</param>
public readonly record struct TokenChance(int Token, float LogProbability);
