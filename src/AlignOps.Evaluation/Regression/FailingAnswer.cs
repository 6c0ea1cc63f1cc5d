namespace AlignOps.Evaluation.Regression;

/// <summary>An answer of the candidate that fares worse than another model's to the same question.</summary>
/// <param name="Opponent">Whose answer was better: <c>champion</c> or <c>anchor</c>.</param>
/// <param name="Loss">How much worse, in (0, 1].</param>
/// <param name="LostChecks">Behaviours that the better answer showed and the candidate's does not.</param>
public sealed record FailingAnswer(
    string Suite, string Id, int Sample, string Slice, string Question, string Opponent, string Candidate, string Better, double Loss, IReadOnlyList<string> LostChecks);
