namespace AlignOps.Evaluation.Answers;

/// <summary>What a model answered to a draw.</summary>
/// <param name="Cut">It ran into the limit of new tokens.</param>
/// <param name="Unasked">Why the model could not be asked; null when it was.</param>
internal sealed record ModelAnswer(string Text, bool Cut, string? Unasked);
