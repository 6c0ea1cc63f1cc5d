using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Runs;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Schedules;

/// <summary>A firing is one command in the outbox, keyed by pipeline and planned time: fired twice, it is the same message.</summary>
internal sealed class OutboxScheduleFiring(IDatabase database) : IScheduleFiring
{
    public Task FireAsync(string pipeline, DateTimeOffset plannedAt, CancellationToken cancellationToken) =>
        database.WriteAsync(async (work, token) =>
        {
            await work.SendAsync(new ScheduleFired(pipeline, plannedAt), $"{pipeline}/schedule/{RunTrigger.ForSchedule(plannedAt).Reference}", token);
            return true;
        }, cancellationToken);
}
