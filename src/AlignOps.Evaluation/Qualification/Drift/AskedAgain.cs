using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>A pair in one order: what the judge said of it when it was examined, and what it says now.</summary>
/// <param name="Examined">One verdict for every time it was asked then; null among them is an answer without a verdict.</param>
internal sealed record AskedAgain(IReadOnlyList<Preference?> Examined, Preference? Now);
