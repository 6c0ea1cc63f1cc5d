using AlignOps.Statistics.League;

namespace AlignOps.Statistics.Style;

/// <summary>A game with how the two answers differ in style, first minus second, one number a feature.</summary>
public sealed record StyledGame(Game Game, IReadOnlyList<double> Style);
