using MassTransit;

namespace AlignOps.Contracts.Runs;

/// <summary>What people said of a run's pairs stands in a new evidence file, which is the old one but for that.</summary>
/// <param name="Answered">Pairs with a label, of those <paramref name="Wanted"/>.</param>
[EntityName("alignops.people-answered")]
[MessageUrn("alignops:people-answered")]
public sealed record PeopleAnswered(string RunId, string EvidenceDigest, int Wanted, int Answered);
