namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>A row that teaches the failing answers' change.</summary>
/// <param name="Prompt">Its last user turn.</param>
/// <param name="Preferred">The answer it prefers most.</param>
public sealed record ImplicatedRow(string Prompt, string Preferred, double Pull);
