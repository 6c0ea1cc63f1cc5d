using AlignOps.Statistics.Intervals;

namespace AlignOps.Evaluation.Style;

/// <summary>What would be left of a run's win rate if the two models' answers looked alike. Intervals are 95 %, from refitting on resampled sources.</summary>
/// <param name="Raw">Mean outcome over the pairs, as it is.</param>
/// <param name="LengthControlled">Were the answers as long as the champion's.</param>
/// <param name="Length">How the log-odds move with the champion's answer being longer: below 0 the judge likes length.</param>
/// <param name="StyleControlled">Were they alike in length, headers, lists and bold passages.</param>
/// <param name="Features">How far one standard deviation of each moves the log-odds.</param>
/// <param name="CandidateLength">Mean characters of an answer.</param>
public sealed record StyleReport(
    string RunId, int Pairs, Estimate Raw, Estimate LengthControlled, Estimate Length, Estimate StyleControlled, IReadOnlyDictionary<string, Estimate> Features, double CandidateLength, double ChampionLength, string Sentence);
