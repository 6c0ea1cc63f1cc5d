namespace AlignOps.Promotion.Gates.Screens;

/// <summary>Two models' answers to a question.</summary>
internal readonly record struct ScreenedAnswer(string Question, string Candidate, string Champion);
