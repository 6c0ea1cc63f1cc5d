using AlignOps.Statistics.Intervals;

namespace AlignOps.Evaluation.League;

/// <summary>A version's place in a league.</summary>
/// <param name="Model">Short name of the model.</param>
/// <param name="Version">Its version in the registry; null where it never was champion.</param>
/// <param name="Rating">On Elo's scale, 1000 at the anchor; 95 % from refitting on resampled questions.</param>
/// <param name="Elo">Elo's own rating, updated game by game in the order of the runs; it depends on that order. Null in a dimension's league.</param>
/// <param name="Group">Versions of different groups never met, not even through others.</param>
public sealed record LeagueLine(string Model, long? Version, Estimate Rating, double? Elo, int Games, int Group);
