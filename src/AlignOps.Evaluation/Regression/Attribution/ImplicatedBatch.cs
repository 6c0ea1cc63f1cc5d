namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>A batch and how much of what the candidate newly does wrong it teaches.</summary>
/// <param name="Rows">Training rows of it that prefer something.</param>
/// <param name="Pull">Mean over its rows, in [−1, 1]: how far they teach the failing answers' change; below zero they teach against it.</param>
/// <param name="Share">Of all rows' pull towards the failing answers, the part that its rows have.</param>
/// <param name="PValue">Chance that as many rows drawn from all of the run's pull as far, corrected over its batches (Holm); 1 for a batch alone.</param>
/// <param name="StandsOut">Its rows pull towards the failing answers, and more than rows of the run at random.</param>
public sealed record ImplicatedBatch(string BatchId, int Rows, double Pull, double Share, double PValue, bool StandsOut, IReadOnlyList<ImplicatedRow> Examples);
