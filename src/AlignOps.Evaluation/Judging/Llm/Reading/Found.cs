namespace AlignOps.Evaluation.Judging.Llm.Reading;

/// <summary>What was read in a judge's words: a value, or why there is none.</summary>
internal readonly record struct Found<T>(T? Value, string? Unscored)
{
    public static Found<T> None(string reason) => new(default, reason);

    /// <summary>The value as another; what was not found is not found for the same reason.</summary>
    public Found<TTo> As<TTo>(Func<T, TTo> convert) => Unscored is { } reason ? Found<TTo>.None(reason) : new(convert(Value!), null);
}
