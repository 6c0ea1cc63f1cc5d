namespace AlignOps.Promotion.Deployments;

/// <summary>Whether the candidate, and the model that a rollback would bring back, can be loaded.</summary>
/// <param name="CandidateFault">What is wrong with the candidate, as a sentence; null where nothing is.</param>
/// <param name="NoTarget">No earlier champion can be loaded, so there would be no way back.</param>
/// <param name="Note">What else is to be told: which earlier champion was passed over and why. Empty where nothing is.</param>
internal sealed record Verification(string? CandidateFault, bool NoTarget, string Note);
