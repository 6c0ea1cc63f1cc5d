namespace AlignOps.Inference.Budgets;

/// <summary>The most that may be spent; null: no limit of that kind.</summary>
public sealed record BudgetLimit(long? Tokens, decimal? Money)
{
    public bool Holds(Spend spend) => !(spend.Tokens > Tokens) && !(spend.Money > Money);
}
