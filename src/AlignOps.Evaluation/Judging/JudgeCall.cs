using AlignOps.Inference.Calls;

namespace AlignOps.Evaluation.Judging;

/// <summary>One question to a judge's model, how it ended and what came back, word for word.</summary>
/// <param name="About">Which of a verdict's questions it was: an answer, a rule, a sample.</param>
/// <param name="Call">How the call ended.</param>
/// <param name="Unscored">Why nothing could be read in it; null where something was.</param>
internal sealed record JudgeCall(string About, string Call, string? Unscored, string? Raw, string? Refusal, int? InputTokens, int? OutputTokens)
{
    public static JudgeCall Of(string about, CallResult result, string? unscored) => new(
        about, result.Outcome.Name(), unscored, result.Answer?.Text, result.Answer?.Refusal, result.Answer?.InputTokens, result.Answer?.OutputTokens);
}
