namespace AlignOps.Inference.Budgets;

/// <summary>Prices per million tokens, in whatever currency the budget is in.</summary>
public sealed record Tariff(decimal Input, decimal Output)
{
    private const decimal Million = 1_000_000;

    public static Tariff Free { get; } = new(0, 0);

    public Spend Of(long inputTokens, long outputTokens) => new(inputTokens + outputTokens, ((inputTokens * Input) + (outputTokens * Output)) / Million);
}
