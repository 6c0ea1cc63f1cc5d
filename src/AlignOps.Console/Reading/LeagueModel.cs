namespace AlignOps.WebConsole.Reading;

/// <summary>All that a league's page shows.</summary>
/// <param name="League">Null where no pipeline is chosen or evaluation does not answer.</param>
public sealed record LeagueModel(IReadOnlyList<string> Pipelines, string? Pipeline, LeagueModel.Table? League)
{
    public sealed record Table(string? Anchor, int Draws, IReadOnlyList<Line> Standings, IReadOnlyDictionary<string, IReadOnlyList<Line>> Dimensions, string Sentence);

    public sealed record Line(string Model, long? Version, Estimate Rating, double? Elo, int Games, int Group);
}
