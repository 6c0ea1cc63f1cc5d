using AlignOps.Pipelines.Batches;

namespace AlignOps.Pipelines.Runs;

/// <summary>What the next run of a pipeline takes: its trigger, and the new batches it learns from (none: everything learned so far).</summary>
internal sealed record RunPlan(RunTrigger Trigger, IReadOnlyList<BatchRow> Batches)
{
    /// <summary>
    /// Chooses among what waits. A schedule or a person's request goes first: they are rare, and a steady stream of batches could hold them off for good.
    /// Then batches that must run alone, oldest first, so that a split is settled before it meets new company. Then all others together.
    /// </summary>
    /// <param name="triggers">Oldest first.</param>
    /// <param name="batches">Oldest first.</param>
    public static RunPlan? Next(IReadOnlyList<TriggerRow> triggers, IReadOnlyList<BatchRow> batches)
    {
        if (triggers is [var trigger, ..])
        {
            return new RunPlan(new RunTrigger(trigger.Kind, trigger.Reference), []);
        }

        if (batches.FirstOrDefault(batch => batch.Alone != 0) is { } alone)
        {
            return OfBatches([alone]);
        }

        return batches.Count == 0 ? null : OfBatches(batches);
    }

    private static RunPlan OfBatches(IReadOnlyList<BatchRow> batches) =>
        new(RunTrigger.ForBatches(batches.Select(batch => (batch.BatchId, batch.Attempts + 1))), batches);
}
