using AlignOps.Inference.Budgets;
using AlignOps.Inference.Requests;

namespace AlignOps.Inference.Calls;

/// <summary>How a call ended.</summary>
/// <param name="Answer">There when answered, refused or cached.</param>
/// <param name="Charged">What all its attempts took from the budget.</param>
/// <param name="Detail">Of what did not go well, in words for people; holds no secret and nothing of the answers.</param>
public sealed record CallResult(CallOutcome Outcome, ChatAnswer? Answer, Spend Charged, int Attempts, string? Detail);
