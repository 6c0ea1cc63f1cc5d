namespace AlignOps.WebConsole.Reading;

/// <summary>What would be left of a win rate were the answers alike, as evaluation tells it.</summary>
public sealed record StyleFigures(int Pairs, Estimate Raw, Estimate LengthControlled, Estimate StyleControlled, IReadOnlyDictionary<string, Estimate> Features, double CandidateLength, double ChampionLength, string Sentence);
