namespace AlignOps.Evaluation.People.Rounds;

/// <summary>What people are to be asked.</summary>
/// <param name="ForGate">The gate waits for what they say.</param>
internal sealed record RoundWish(string RunId, string Pipeline, string DefinitionDigest, string EvidenceDigest, int Items, int PeopleEach, double Days, bool ForGate, string AskedBy)
{
    public const int MostItems = 5_000;
    public const int MostPeople = 20;
    public const double MostDays = 90;
}
