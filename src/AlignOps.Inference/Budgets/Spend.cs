namespace AlignOps.Inference.Budgets;

/// <summary>What calls cost: input and output tokens together, and money in the currency of the tariff.</summary>
public readonly record struct Spend(long Tokens, decimal Money)
{
    public static Spend operator +(Spend one, Spend other) => new(one.Tokens + other.Tokens, one.Money + other.Money);

    public static Spend operator -(Spend one, Spend other) => new(one.Tokens - other.Tokens, one.Money - other.Money);
}
