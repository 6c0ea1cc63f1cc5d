namespace AlignOps.WebConsole.Reading;

/// <summary>People are, or were, asked about a run. Times are Unix milliseconds.</summary>
/// <param name="Items">Pairs by state.</param>
public sealed record LabelRound(string RunId, string Pipeline, string State, int Wanted, int PeopleEach, bool ForGate, string AskedBy, long OpenedAt, long ClosesAt, IReadOnlyDictionary<string, int> Items);
