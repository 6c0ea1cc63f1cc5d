namespace AlignOps.Pipelines.Batches;

/// <summary>Where a batch stands in the loop. Only <see cref="Learned"/> batches are replayed and retrained on.</summary>
internal static class BatchState
{
    public const string Waiting = "waiting";
    public const string InRun = "in-run";
    public const string Learned = "learned";

    /// <summary>A run of it alone was rejected: it stays out of every mix until a person releases it.</summary>
    public const string Held = "held";

    /// <summary>Its run ended without an answer: it stays out, scheduled runs included, until a person releases it.</summary>
    public const string Undecided = "undecided";
}
