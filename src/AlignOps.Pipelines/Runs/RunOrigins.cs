using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;

namespace AlignOps.Pipelines.Runs;

/// <summary>Which trace a run belongs to: that of its first batch's push. The other batches' traces, and that of whatever made room for the run, are linked.</summary>
internal sealed class RunOrigins(ITraces traces)
{
    /// <summary>The <c>traceparent</c> a run starts below, and those it links to.</summary>
    public async Task<(string? Parent, IReadOnlyList<string> Links)> OfAsync(IUnitOfWork work, RunPlan plan, CancellationToken cancellationToken)
    {
        var origins = new List<string>();
        foreach (var batch in plan.Batches)
        {
            if (await traces.FindAsync(work.Connection, work.Transaction, batch.BatchId, cancellationToken) is { } origin)
            {
                origins.Add(origin);
            }
        }

        if (LoopTrace.Present is { } present && !origins.Any(origin => LoopTrace.AreOne(origin, present)))
        {
            origins.Add(present);
        }

        return (origins.FirstOrDefault(), [.. origins.Skip(1)]);
    }
}
