using AlignOps.Evaluation.Judging;
using AlignOps.Inference.Calls;

namespace AlignOps.Evaluation.Qualification;

/// <summary>Tells a judge that said nothing usable from one that could not be heard.</summary>
internal static class FailedCalls
{
    private static readonly string[] Names =
        [.. Enum.GetValues<CallOutcome>().Where(outcome => outcome is not (CallOutcome.Answered or CallOutcome.Cached or CallOutcome.Refused)).Select(outcome => outcome.Name())];

    /// <summary>The outcome that the reason names, alone or at its beginning; null where the judge was heard.</summary>
    public static string? Name(JudgeVerdict verdict) => verdict is { Preferred: null, UnscoredReason: { } reason }
        ? Names.FirstOrDefault(name => reason.StartsWith(name, StringComparison.Ordinal) && (reason.Length == name.Length || !char.IsLetter(reason[name.Length])))
        : null;

    public static bool Is(JudgeVerdict verdict) => Name(verdict) is not null;
}
