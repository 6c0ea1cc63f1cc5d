namespace AlignOps.Promotion.Gates;

/// <summary>The win rate's 95 % interval over resampled units (BCa), for readers who know it; it decides nothing.</summary>
public sealed record ResampledInterval(double Lower, double Upper, int Draws);
