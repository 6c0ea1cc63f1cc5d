namespace AlignOps.Training.Definitions;

/// <summary>A class of <c>training.c_rlft.classes</c>: answers of one quality, by who wrote them or how they were judged.</summary>
public sealed record ConditionClass
{
    /// <summary>Holds for answers of this source, such as a model's name; silent: of any.</summary>
    public string? Source { get; init; }

    /// <summary>Holds for answers that score at least this; silent: whatever they score.</summary>
    public double? MinScore { get; init; }

    /// <summary>Holds only for the best answer of a row, a demonstration or a thumb up.</summary>
    public bool Best { get; init; }

    /// <summary>The line before the user's last turn; empty: none, which is what the model is then asked with.</summary>
    public string Condition { get; init; } = "";

    /// <summary>How much each token of such answers counts; 0 leaves them out.</summary>
    public double Weight { get; init; } = 1;

    internal bool Holds(string? source, double score, bool best) =>
        (Source is null || string.Equals(Source, source, StringComparison.OrdinalIgnoreCase)) && (MinScore is null || score >= MinScore) && (!Best || best);
}
