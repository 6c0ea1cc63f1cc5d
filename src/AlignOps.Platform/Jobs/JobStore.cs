using AlignOps.Contracts.Runs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Platform.Jobs;

/// <summary>The job table. Everything a worker writes names its fence, and writes nothing when the job has moved on.</summary>
internal sealed class JobStore(IDatabase database, PlatformOptions options, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long LeaseEnd => (time.GetUtcNow() + options.Lease).ToUnixTimeMilliseconds();

    /// <summary>Takes the oldest job of these kinds that is free or whose worker fell silent; null when there is none.</summary>
    public async Task<LeasedJob?> ClaimAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        var locking = database.Kind == DatabaseKind.PostgreSql ? "for update skip locked" : "";
        var values = new { kinds, owner = options.WorkerId, until = LeaseEnd, now = Now };
        return await database.WriteAsync(
            (work, token) => work.Connection.QuerySingleOrDefaultAsync<LeasedJob>(new CommandDefinition(
                $"""
                update platform_job
                set losses = case when state = 'running' then losses + 1 else losses end,
                    state = 'running', owner = @owner, lease_until = @until, fence = fence + 1, attempt = attempt + 1, started_at = coalesce(started_at, @now)
                where job_id = (
                  select job_id from platform_job
                  where {work.Connection.AnyOf("kind", "kinds")} and ((state = 'queued' and not_before <= @now) or (state = 'running' and lease_until < @now))
                  order by created_at, job_id
                  limit 1 {locking})
                returning job_id as "JobId", kind as "Kind", run_id as "RunId", payload as "Payload", checkpoint as "Checkpoint", fence as "Fence",
                          attempt as "Attempt", failures as "Failures", losses as "Losses", trace_parent as "TraceParent"
                """,
                values,
                work.Transaction,
                cancellationToken: token)),
            cancellationToken);
    }

    /// <summary>False when the lease is lost.</summary>
    public Task<bool> RenewAsync(LeasedJob job, CancellationToken cancellationToken) =>
        UpdateAsync(job, "lease_until = @until", new { job.JobId, job.Fence, until = LeaseEnd }, cancellationToken);

    /// <summary>False when the lease is lost.</summary>
    public Task<bool> ReportAsync(LeasedJob job, double fraction, string detail, CancellationToken cancellationToken) =>
        UpdateAsync(job, "lease_until = @until, fraction = @fraction, detail = @detail", new { job.JobId, job.Fence, until = LeaseEnd, fraction, detail }, cancellationToken);

    /// <summary>False when the lease is lost. A job that moves forward is no longer suspected of killing its workers.</summary>
    public Task<bool> CheckpointAsync(LeasedJob job, string checkpoint, CancellationToken cancellationToken) =>
        UpdateAsync(job, "lease_until = @until, checkpoint = @checkpoint, losses = 0", new { job.JobId, job.Fence, until = LeaseEnd, checkpoint }, cancellationToken);

    /// <summary>Gives a job back unharmed: the attempt that a shutdown cut short does not count.</summary>
    public Task<bool> ReleaseAsync(LeasedJob job, CancellationToken cancellationToken) =>
        UpdateAsync(job, "state = 'queued', owner = null, lease_until = 0, attempt = attempt - 1", new { job.JobId, job.Fence }, cancellationToken);

    /// <summary>Gives a job back that waits for something else than itself: the attempt does not count against it.</summary>
    public Task<bool> PostponeAsync(LeasedJob job, TimeSpan pause, string error, CancellationToken cancellationToken) =>
        UpdateAsync(
            job,
            "state = 'queued', owner = null, lease_until = 0, error = @error, not_before = @notBefore",
            new { job.JobId, job.Fence, error, notBefore = (time.GetUtcNow() + pause).ToUnixTimeMilliseconds() },
            cancellationToken);

    public Task<bool> RetryAsync(LeasedJob job, TimeSpan pause, string error, CancellationToken cancellationToken) =>
        UpdateAsync(
            job,
            "state = 'queued', owner = null, lease_until = 0, failures = failures + 1, error = @error, not_before = @notBefore",
            new { job.JobId, job.Fence, error, notBefore = (time.GetUtcNow() + pause).ToUnixTimeMilliseconds() },
            cancellationToken);

    /// <summary>Marks the job done and commits its result with that, or neither.</summary>
    /// <exception cref="LeaseLostException">Another worker has the job.</exception>
    public async Task CompleteAsync(LeasedJob job, JobResult result, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async (work, token) =>
            {
                await work.TakeTurnAsync(job.Service, token);
                await EndAsync(work, job, "state = 'done', fraction = 1, summary = @summary, error = null", new { job.JobId, job.Fence, summary = result.Summary, now = Now }, token);
                await result.Commit(work, token);
                await JobResults.KeepAsync(work, job.JobId, token);
            },
            cancellationToken);

    /// <summary>Marks the job failed and tells its run, or neither.</summary>
    /// <exception cref="LeaseLostException">Another worker has the job.</exception>
    public async Task FailAsync(LeasedJob job, string code, string reason, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            async (work, token) =>
            {
                await EndAsync(work, job, "state = 'failed', error_code = @code, error = @reason", new { job.JobId, job.Fence, code, reason, now = Now }, token);
                await work.PublishAsync(new StepFailed(job.RunId, job.Kind, code, reason), $"{job.JobId}/failed", token);
                await JobResults.KeepAsync(work, job.JobId, token);
            },
            cancellationToken);

    /// <summary>Takes back every lease at once. Only for the sole owner of a data folder: whoever held them is dead.</summary>
    public async Task<int> ReclaimAllAsync(CancellationToken cancellationToken) =>
        await database.WriteAsync(
            (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
                "update platform_job set state = 'queued', owner = null, lease_until = 0, losses = losses + 1 where state = 'running'",
                transaction: work.Transaction,
                cancellationToken: token)),
            cancellationToken);

    private Task<bool> UpdateAsync(LeasedJob job, string set, object values, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (work, token) => await work.Connection.ExecuteAsync(new CommandDefinition(
                $"update platform_job set {set} where job_id = @JobId and fence = @Fence and state = 'running'",
                values,
                work.Transaction,
                cancellationToken: token)) == 1,
            cancellationToken);

    private static async Task EndAsync(IUnitOfWork work, LeasedJob job, string set, object values, CancellationToken cancellationToken)
    {
        var ended = await work.Connection.ExecuteAsync(new CommandDefinition(
            $"update platform_job set {set}, owner = null, lease_until = 0, ended_at = @now where job_id = @JobId and fence = @Fence and state = 'running'",
            values,
            work.Transaction,
            cancellationToken: cancellationToken));
        if (ended == 0)
        {
            throw new LeaseLostException(job.JobId);
        }
    }
}
