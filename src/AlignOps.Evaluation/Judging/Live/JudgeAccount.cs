using AlignOps.Evaluation.Definition;
using AlignOps.Inference.Budgets;

namespace AlignOps.Evaluation.Judging.Live;

/// <summary>Who pays for a judge's calls, and the most that it may spend on this judge.</summary>
/// <param name="Id">A run or an examination; what it spent in an earlier attempt counts.</param>
internal sealed record JudgeAccount(string Id, JudgeBudgetSection Budget)
{
    public BudgetLimit Limit => new(Budget.Tokens, Budget.Money);
}
