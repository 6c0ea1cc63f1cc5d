using System.Security.Cryptography;
using System.Text;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Dapper;

namespace AlignOps.Platform.Jobs;

internal sealed class JobQueue(TimeProvider time) : IJobQueue
{
    public async Task EnqueueAsync(IUnitOfWork work, string kind, string key, string runId, string payload, CancellationToken cancellationToken)
    {
        await work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into platform_job(job_id, kind, job_key, run_id, payload, state, lease_until, fence, attempt, failures, losses, not_before, fraction, created_at, trace_parent)
            values (@jobId, @kind, @key, @runId, @payload, 'queued', 0, 0, 0, 0, 0, 0, 0, @now, @traceParent)
            on conflict (kind, job_key) do nothing
            """,
            new { jobId = JobId(kind, key), kind, key, runId, payload, now = time.GetUtcNow().ToUnixTimeMilliseconds(), traceParent = LoopTrace.Present },
            work.Transaction,
            cancellationToken: cancellationToken));
        (work as UnitOfWork)?.Nudge(Nudges.Jobs);
    }

    public static string JobId(string kind, string key) =>
        "j-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{key}")).AsSpan(0, 8));
}
