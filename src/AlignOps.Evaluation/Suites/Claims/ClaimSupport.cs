namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>How far a text supports a claim.</summary>
/// <param name="Degree">In [0, 1]; null where it could not be decided.</param>
/// <param name="Supported">Whether that is enough to call the claim a fact.</param>
internal sealed record ClaimSupport(double? Degree, bool Supported, string? UnscoredReason);
