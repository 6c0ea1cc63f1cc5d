namespace AlignOps.Promotion.Gates.Screens;

/// <summary>Two models' answers to a question.</summary>
/// <param name="WatchesAbility">The question is of a regression suite.</param>
internal readonly record struct ScreenedAnswer(string Question, string Candidate, string Champion, bool WatchesAbility);
