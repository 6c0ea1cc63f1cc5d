namespace AlignOps.Promotion.Gates;

/// <summary>The judge's win rate as people's labels correct it; see <see cref="Statistics.Correction.SampledCorrection"/>.</summary>
/// <param name="Raw">The judge's own, over the pairs of answers that people could compare.</param>
/// <param name="Value">As people would find it, with its 95 % interval from <paramref name="Lower"/> to <paramref name="Upper"/>.</param>
/// <param name="Bias">Judge minus people, likewise.</param>
/// <param name="Labels">Pairs that people labelled.</param>
public sealed record CorrectedWinRate(double Raw, double Value, double Lower, double Upper, double Bias, double BiasLower, double BiasUpper, int Labels, int Persons);
