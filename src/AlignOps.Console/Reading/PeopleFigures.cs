namespace AlignOps.WebConsole.Reading;

/// <summary>What people say of a run, as evaluation tells it.</summary>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="Items">Pairs by state.</param>
public sealed record PeopleFigures(
    string State, bool ForGate, int Wanted, IReadOnlyDictionary<string, int> Items, int Persons, double? Raw, Estimate? Corrected, Estimate? Bias, bool Disagree,
    Estimate? BetweenPeople, double? SamePeople, double? JudgeAgrees, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Levels, double? MedianSeconds, string Sentence);
