namespace AlignOps.Evaluation.League;

/// <summary>The league of all versions of a pipeline's model, strongest first.</summary>
/// <param name="Anchor">The version at 1000: the champion of the first run.</param>
/// <param name="Runs">Whose evidence could be read.</param>
/// <param name="Missing">Runs whose evidence is not kept any more.</param>
/// <param name="Standings">By the judge's verdicts.</param>
/// <param name="Dimensions">By each behaviour that the judge tells apart, and <c>overall</c>, the mean of these; empty where it tells none apart in enough games.</param>
public sealed record LeagueReport(
    string Pipeline, string? Anchor, int Runs, int Missing, int Games, int Draws, IReadOnlyList<LeagueLine> Standings, IReadOnlyDictionary<string, IReadOnlyList<LeagueLine>> Dimensions, string Sentence);
