using AlignOps.Evaluation.Judging;

namespace AlignOps.Evaluation.Qualification.Drift;

/// <summary>A pair in one order: what the judge said of it when it was examined, and what it says now. Null among verdicts is an answer without one.</summary>
/// <param name="Examined">One verdict for every time it was asked then.</param>
/// <param name="Now">One for every run that is looked at together.</param>
internal sealed record AskedAgain(IReadOnlyList<Preference?> Examined, IReadOnlyList<Preference?> Now);
