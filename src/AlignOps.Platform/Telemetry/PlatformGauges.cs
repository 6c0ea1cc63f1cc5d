using System.Diagnostics.Metrics;
using AlignOps.Platform.Health;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Dapper;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Telemetry;

/// <summary>
/// What waits, and how this process is. The queues' figures are read from the database now and then, so that a scrape costs no query; every process of a
/// deployment reports the same ones, and they do not go away with any of them.
/// </summary>
internal sealed partial class PlatformGauges : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly Meter _meter = new(PlatformMetrics.MeterName);
    private readonly IDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<PlatformGauges> _logger;
    private volatile Figures? _figures;
    private volatile bool _databaseUp;

    public PlatformGauges(IDatabase database, BusService bus, HandlerWatch handlers, DataFolder folder, TimeProvider time, ILogger<PlatformGauges> logger)
    {
        (_database, _time, _logger) = (database, time, logger);
        _meter.CreateObservableGauge("alignops.bus.up", () => bus.CheckHealth()?.Status == BusHealthStatus.Healthy ? 1 : 0, null, "1 while this process's bus is whole.");
        _meter.CreateObservableGauge("alignops.database.up", () => _databaseUp ? 1 : 0, null, "1 while the database answers this process.");
        _meter.CreateObservableGauge("alignops.handler.longest", () => handlers.Longest()?.For.TotalSeconds ?? 0, "s", "How long the oldest delivery has been in its handler here.");
        _meter.CreateObservableGauge("alignops.disk.free", () => Observe(DiskSpace.FreeBytes(folder.Path)), "By", "Free space where the data folder lies.");
        _meter.CreateObservableGauge("alignops.outbox.messages", () => Observe(_figures?.OutboxMessages), "{message}", "Messages that wait to be sent.");
        _meter.CreateObservableGauge("alignops.outbox.oldest", () => Observe(_figures?.OutboxSeconds), "s", "How long the oldest message has waited to be sent.");
        _meter.CreateObservableGauge("alignops.dead_letters", () => Observe(_figures?.DeadLetters), "{message}", "Messages whose handler failed for good.");
        _meter.CreateObservableGauge("alignops.jobs", () => _figures?.Jobs ?? [], "{job}", "Jobs by kind that are queued or running.");
        _meter.CreateObservableGauge("alignops.jobs.oldest", () => _figures?.OldestJobs ?? [], "s", "How long the oldest queued job of a kind has waited for a worker.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, _time);
        do
        {
            try
            {
                _figures = await ReadAsync(stoppingToken);
                _databaseUp = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                _databaseUp = false;
                LogUnread(fault);
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

    internal async Task<Figures> ReadAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var connection = await _database.OpenReadAsync(cancellationToken);
        var outbox = await connection.QuerySingleAsync<(long Messages, long? Oldest)>(new CommandDefinition(
            "select count(*), min(created_at) from platform_outbox where sent_at is null", cancellationToken: cancellationToken));
        var dead = await connection.ExecuteScalarAsync<long>(new CommandDefinition("select count(*) from platform_dead_letter", cancellationToken: cancellationToken));
        var jobs = (await connection.QueryAsync<(string Kind, string State, long Count, long Oldest)>(new CommandDefinition(
            "select kind, state, count(*), min(created_at) from platform_job where state in ('queued', 'running') group by kind, state", cancellationToken: cancellationToken))).AsList();
        return new Figures(
            outbox.Messages,
            outbox.Oldest is { } oldest ? Seconds(now - oldest) : 0,
            dead,
            [.. jobs.Select(job => new Measurement<long>(job.Count, new("alignops.job.kind", job.Kind), new("alignops.job.state", job.State)))],
            [.. jobs.Where(job => job.State == "queued").Select(job => new Measurement<double>(Seconds(now - job.Oldest), new KeyValuePair<string, object?>("alignops.job.kind", job.Kind)))]);
    }

    /// <summary>One reading of the queues.</summary>
    internal sealed record Figures(
        long OutboxMessages, double OutboxSeconds, long DeadLetters, IReadOnlyList<Measurement<long>> Jobs, IReadOnlyList<Measurement<double>> OldestJobs);

    private static double Seconds(long milliseconds) => Math.Max(0, milliseconds / 1000.0);

    private static IEnumerable<Measurement<T>> Observe<T>(T? value) where T : struct => value is { } known ? [new Measurement<T>(known)] : [];

    [LoggerMessage(Level = LogLevel.Debug, Message = "The queues could not be read for the metrics")]
    private partial void LogUnread(Exception fault);
}
