namespace AlignOps.Contracts.Evidence;

/// <summary>What people said of a pair whose answers they saw without names, from the candidate's side.</summary>
/// <param name="Outcome">Mean over the people of 1 win, 1/2 tie or both bad, 0 loss.</param>
/// <param name="Answers">How many people answered; 0 where two equal answers needed none.</param>
/// <param name="Inclusion">The chance that the pair was among those that people were asked about and answered.</param>
public sealed record EvidencePeople(double Outcome, int Answers, double Inclusion);
