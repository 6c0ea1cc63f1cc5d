namespace AlignOps.Contracts.Evidence;

/// <summary>People were asked about some of the pairs, and what came of it stands in the items.</summary>
/// <param name="Wanted">Pairs that were to be labelled.</param>
/// <param name="Answered">Pairs that were.</param>
/// <param name="Declined">Pairs that people looked at and could not or did not answer.</param>
/// <param name="Persons">Different people.</param>
public sealed record EvidenceRound(int Wanted, int Answered, int Declined, int Persons);
