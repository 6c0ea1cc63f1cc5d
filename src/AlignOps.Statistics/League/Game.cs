namespace AlignOps.Statistics.League;

/// <summary>One comparison of two versions on one item. Both orders of a judge are one game, not two, and a strong win is one, not three.</summary>
/// <param name="Outcome">Of the first: 1 a win, 1/2 a tie, 0 a loss, or anything between.</param>
/// <param name="Cluster">0-based source of the item, the same for every game on it: resampled as a whole.</param>
public sealed record Game(string First, string Second, double Outcome, int Cluster);
