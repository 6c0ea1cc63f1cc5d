using System.Diagnostics;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Jobs;

/// <summary>Leases jobs of the services hosted here and runs their handlers, as many at once as the options say.</summary>
internal sealed partial class JobWorker(
    JobStore store,
    IEnumerable<IJobHandler> handlers,
    PlatformOptions options,
    DataFolder folder,
    WakeUps wakeUps,
    Patience patience,
    TimeProvider time,
    ILogger<JobWorker> logger) : BackgroundService
{
    /// <summary>How often a handler may throw what it does not expect.</summary>
    private const int MostFailures = 5;

    /// <summary>How often in a row a job may lose its worker without a checkpoint in between: by then it is what kills them.</summary>
    private const int MostLosses = 20;

    private static readonly TimeSpan DiskPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IJobHandler> _handlers = handlers
        .Where(handler => options.Hosts(handler.Kind.Split('.')[0]))
        .ToDictionary(handler => handler.Kind, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_handlers.Count > 0)
        {
            await Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));
        }
    }

    /// <summary>Claims one job and sees it through; false when there was none.</summary>
    internal async Task<bool> RunNextAsync(CancellationToken stopping)
    {
        if (await store.ClaimAsync(_handlers.Keys.ToArray(), stopping) is not { } job)
        {
            return false;
        }

        if (job.Losses > MostLosses)
        {
            await store.FailAsync(job, "worker-lost", $"Its worker died {job.Losses} times in a row; see the process's log for the cause.", CancellationToken.None);
            return true;
        }

        // An attempt that resumes after a crash is one more span of the trace that the job was asked for in.
        using var span = LoopTrace.Start($"job {job.Kind}", ActivityKind.Consumer, job.TraceParent);
        span?.SetTag("alignops.run.id", job.RunId).SetTag("alignops.job.id", job.JobId).SetTag("alignops.job.attempt", job.Attempt);
        var started = time.GetTimestamp();
        LogStarted(job.Kind, job.JobId, job.RunId, job.Attempt);
        var directory = Path.Combine(folder.Jobs, job.JobId);
        Directory.CreateDirectory(directory);
        await using var lease = new JobLease(store, job, options.Lease, patience, time, stopping);
        lease.Start();
        try
        {
            var context = new JobContext(job.JobId, job.RunId, job.Payload, job.Attempt, job.Checkpoint, directory, lease);
            var result = await _handlers[job.Kind].RunAsync(context, lease.Token);
            await patience.RunAsync(_ => store.CompleteAsync(job, result, CancellationToken.None), lease.Token);
            PlatformMetrics.CountJob(job.Kind, "done", time.GetElapsedTime(started));
            LogDone(job.Kind, job.JobId, job.RunId, result.Summary);
            Discard(directory);
        }
        catch (Exception fault)
        {
            span.Fail(fault);
            PlatformMetrics.CountJob(job.Kind, await SettleAsync(job, lease, fault, directory, stopping), time.GetElapsedTime(started));
        }

        return true;
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await RunNextAsync(stopping))
                {
                    await wakeUps.Jobs.WaitAsync(Poll, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogWorkerFailed(fault);
                await Task.Delay(Poll, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What became of the job, in one word.</summary>
    private async Task<string> SettleAsync(LeasedJob job, JobLease lease, Exception fault, string directory, CancellationToken stopping)
    {
        if (lease.Lost || fault is LeaseLostException)
        {
            LogLost(job.Kind, job.JobId, job.RunId);
            return "lost";
        }

        if (stopping.IsCancellationRequested && fault is not JobFailedException)
        {
            await store.ReleaseAsync(job, CancellationToken.None);
            LogReleased(job.Kind, job.JobId, job.RunId);
            return "released";
        }

        if (fault is JobFailedException failed)
        {
            await store.FailAsync(job, failed.Code, failed.Message, CancellationToken.None);
            LogFailed(job.Kind, job.JobId, job.RunId, failed.Code, failed.Message);
            Discard(directory);
            return "failed";
        }

        if (fault is DiskFullException)
        {
            // No fault of the job's: it waits for room however long that takes.
            await patience.RunAsync(_ => store.PostponeAsync(job, DiskPause, fault.Message, CancellationToken.None), stopping);
            LogNoRoom(job.Kind, job.JobId, job.RunId, fault.Message, DiskPause);
            return DiskFullException.Code;
        }

        if (job.Failures + 1 >= MostFailures)
        {
            await store.FailAsync(job, "attempts-exhausted", $"It failed {MostFailures} times, last with: {fault.Message}", CancellationToken.None);
            LogExhausted(fault, job.Kind, job.JobId, job.RunId);
            Discard(directory);
            return "failed";
        }

        var pause = TimeSpan.FromSeconds(Math.Pow(4, job.Failures));
        await store.RetryAsync(job, pause, fault.Message, CancellationToken.None);
        LogRetry(fault, job.Kind, job.JobId, job.RunId, pause);
        return "retry";
    }

    private static void Discard(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A leftover costs disk only; the job's result is in the blob store.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} {JobId} of {RunId} starts, attempt {Attempt}")]
    private partial void LogStarted(string kind, string jobId, string runId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} {JobId} of {RunId} is done: {Summary}")]
    private partial void LogDone(string kind, string jobId, string runId, string summary);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {JobId} of {RunId} failed: {Code}, {Reason}")]
    private partial void LogFailed(string kind, string jobId, string runId, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {JobId} of {RunId} failed once too often")]
    private partial void LogExhausted(Exception fault, string kind, string jobId, string runId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {JobId} of {RunId} failed unexpectedly; again in {Pause}")]
    private partial void LogRetry(Exception fault, string kind, string jobId, string runId, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {JobId} of {RunId} waits: {Reason} Again in {Pause}")]
    private partial void LogNoRoom(string kind, string jobId, string runId, string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} {JobId} of {RunId} went to another worker; this one drops it")]
    private partial void LogLost(string kind, string jobId, string runId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} {JobId} of {RunId} waits for the next start")]
    private partial void LogReleased(string kind, string jobId, string runId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A worker could not claim or settle a job; it tries again")]
    private partial void LogWorkerFailed(Exception fault);
}
