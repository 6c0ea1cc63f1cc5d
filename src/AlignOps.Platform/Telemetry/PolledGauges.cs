using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace AlignOps.Platform.Telemetry;

/// <summary>Gauges whose figures are read now and then, so that a scrape costs no query.</summary>
public abstract class PolledGauges(string meter, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    protected Meter Meter { get; } = new(meter);

    public override void Dispose()
    {
        Meter.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task PollAsync(CancellationToken cancellationToken);

    /// <summary>The figures could not be read; the last ones stand, and the next reading comes as planned.</summary>
    protected abstract void Unread(Exception fault);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                await PollAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Unread(fault);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    /// <summary>False at the end, which may come before the host has started: it must not look like a failure then.</summary>
    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
