using AlignOps.Statistics.Intervals;

namespace AlignOps.Statistics.League;

/// <summary>A version's place.</summary>
/// <param name="Strength">Log-odds over the version that the league is anchored on, or over the mean of all.</param>
/// <param name="Rating">The same on Elo's scale, 1000 + 400·log₁₀ of the odds.</param>
/// <param name="Games">Games that it played.</param>
/// <param name="Group">Versions of different groups never met, not even through others: their strengths cannot be compared.</param>
public sealed record Standing(string Name, Estimate Strength, Estimate Rating, int Games, int Group);
