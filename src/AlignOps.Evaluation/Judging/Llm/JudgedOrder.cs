namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>One order of a pair: the call's outcome, the verdict by places, and what the judge said, word for word.</summary>
internal sealed record JudgedOrder(string Call, string? Verdict, string? Unscored, string? Raw, string? Refusal, int? InputTokens, int? OutputTokens)
{
    public static JudgedOrder Of(Judgment judgment) => new(
        Inference.Calls.CallOutcomes.Name(judgment.Call), judgment.Verdict.Preferred?.ToString(), judgment.Verdict.UnscoredReason,
        judgment.Answer?.Text, judgment.Answer?.Refusal, judgment.Answer?.InputTokens, judgment.Answer?.OutputTokens);
}
