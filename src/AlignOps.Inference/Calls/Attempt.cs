using AlignOps.Inference.Budgets;
using AlignOps.Inference.Requests;

namespace AlignOps.Inference.Calls;

/// <summary>One attempt of a call, ended.</summary>
/// <param name="OfThisRequest">The endpoint works and takes others; it is this request that it does not take.</param>
/// <param name="Charged">What it takes from the budget: as the provider counted; nothing where it was turned away; the whole reservation where nobody can tell.</param>
internal sealed record Attempt(CallOutcome Outcome, ChatAnswer? Answer, Spend Charged, TimeSpan? RetryAfter, string? Detail, bool OfThisRequest = false);
