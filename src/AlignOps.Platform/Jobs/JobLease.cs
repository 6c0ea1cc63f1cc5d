using AlignOps.Platform.Storage;

namespace AlignOps.Platform.Jobs;

/// <summary>Keeps a job's lease alive while its handler works, and cancels the handler when it is lost.</summary>
internal sealed class JobLease(JobStore store, LeasedJob job, TimeSpan length, Patience patience, TimeProvider time, CancellationToken stopping)
    : IJobProgress, IAsyncDisposable
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _losing = new();
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private Task? _beating;
    private long _lastReport;
    private volatile bool _lost;

    /// <summary>Cancelled when the lease is lost or the process stops.</summary>
    public CancellationToken Token => _stopping.Token;

    public bool Lost => _lost;

    public void Start() => _beating = BeatAsync();

    public async Task ReportAsync(double fraction, string detail, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_lastReport != 0 && time.GetElapsedTime(_lastReport, now) < ReportEvery)
        {
            Refuse();
            return;
        }

        _lastReport = now;
        try
        {
            await KeepAsync(await store.ReportAsync(job, Math.Clamp(fraction, 0, 1), detail, cancellationToken));
        }
        catch (Exception fault) when (TransientErrors.Is(fault))
        {
            // One report less. Whether the lease holds is the heartbeat's business.
        }
    }

    public async Task CheckpointAsync(string checkpoint, CancellationToken cancellationToken)
    {
        var kept = false;

        // Not Token: a handler that is told to stop saves what it has, and the lease still holds.
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _losing.Token);
        try
        {
            await patience.RunAsync(async token => kept = await store.CheckpointAsync(job, checkpoint, token), waiting.Token);
        }
        catch (OperationCanceledException) when (Lost)
        {
        }

        await KeepAsync(kept);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_beating is not null)
        {
            await _beating;
        }

        _ended.Dispose();
        _losing.Dispose();
        _stopping.Dispose();
    }

    private async Task BeatAsync()
    {
        var renewed = time.GetTimestamp();
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(length / 3, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ended.IsCancellationRequested)
            {
                return;
            }

            try
            {
                if (!await store.RenewAsync(job, _ended.Token))
                {
                    await LoseAsync();
                    return;
                }

                renewed = time.GetTimestamp();
            }
            catch (Exception) when (!_ended.IsCancellationRequested)
            {
                // The database is away. Until the lease runs out nobody else can have the job.
                if (time.GetElapsedTime(renewed) >= length)
                {
                    await LoseAsync();
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task KeepAsync(bool kept)
    {
        if (!kept)
        {
            await LoseAsync();
        }

        Refuse();
    }

    private void Refuse()
    {
        if (Lost)
        {
            throw new LeaseLostException(job.JobId);
        }
    }

    private async Task LoseAsync()
    {
        _lost = true;
        await _losing.CancelAsync();
        await _stopping.CancelAsync();
    }
}
