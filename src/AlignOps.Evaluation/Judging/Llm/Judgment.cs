using AlignOps.Inference.Calls;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>What a language model said of a pair in one order, and how it came.</summary>
internal sealed record Judgment(JudgeVerdict Verdict, CallOutcome Call, ChatAnswer? Answer);
