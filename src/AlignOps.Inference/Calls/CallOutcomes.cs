using System.Text.Json;

namespace AlignOps.Inference.Calls;

public static class CallOutcomes
{
    /// <summary>As reports and tables have it: <c>rate-limited</c>.</summary>
    public static string Name(this CallOutcome outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString());

    /// <summary>Another attempt may end otherwise.</summary>
    internal static bool MayPass(this CallOutcome outcome) =>
        outcome is CallOutcome.RateLimited or CallOutcome.ServerError or CallOutcome.TimedOut or CallOutcome.Malformed or CallOutcome.Unreachable;

    /// <summary>The endpoint answered, in its way. Only such answers are kept: asking again for a nicer one would be choosing verdicts.</summary>
    internal static bool IsAnswer(this CallOutcome outcome) => outcome is CallOutcome.Answered or CallOutcome.Refused;
}
