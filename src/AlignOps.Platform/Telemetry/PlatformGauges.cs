using System.Diagnostics.Metrics;
using AlignOps.Platform.Health;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Dapper;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Telemetry;

/// <summary>
/// What waits, and how this process is. The queues' figures are read from the database now and then, so that a scrape costs no query; every process of a
/// deployment reports the same ones, and they do not go away with any of them.
/// </summary>
internal sealed partial class PlatformGauges : PolledGauges
{
    private readonly IDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger<PlatformGauges> _logger;
    private volatile Figures? _figures;
    private volatile bool _databaseUp;

    public PlatformGauges(IDatabase database, BusService bus, HandlerWatch handlers, DataFolder folder, TimeProvider time, ILogger<PlatformGauges> logger) : base(PlatformMetrics.MeterName, time)
    {
        (_database, _time, _logger) = (database, time, logger);
        Meter.CreateObservableGauge("alignops.bus.up", () => bus.CheckHealth()?.Status == BusHealthStatus.Healthy ? 1 : 0, null, "1 while this process's bus is whole.");
        Meter.CreateObservableGauge("alignops.database.up", () => _databaseUp ? 1 : 0, null, "1 while the database answers this process.");
        Meter.CreateObservableGauge("alignops.handler.longest", () => handlers.Longest()?.For.TotalSeconds ?? 0, "s", "How long the oldest delivery has been in its handler here.");
        Meter.CreateObservableGauge("alignops.disk.free", () => Observe(DiskSpace.FreeBytes(folder.Path)), "By", "Free space where the data folder lies.");
        Meter.CreateObservableGauge("alignops.outbox.messages", () => Observe(_figures?.OutboxMessages), "{message}", "Messages that wait to be sent.");
        Meter.CreateObservableGauge("alignops.outbox.oldest", () => Observe(_figures?.OutboxSeconds), "s", "How long the oldest message has waited to be sent.");
        Meter.CreateObservableGauge("alignops.dead_letters", () => Observe(_figures?.DeadLetters), "{message}", "Messages whose handler failed for good.");
        Meter.CreateObservableGauge("alignops.jobs", () => _figures?.Jobs ?? [], "{job}", "Jobs by kind that are queued or running.");
        Meter.CreateObservableGauge("alignops.jobs.oldest", () => _figures?.OldestJobs ?? [], "s", "How long the oldest queued job of a kind has waited for a worker.");
    }

    protected override async Task PollAsync(CancellationToken cancellationToken)
    {
        _figures = await ReadAsync(cancellationToken);
        _databaseUp = true;
    }

    protected override void Unread(Exception fault)
    {
        _databaseUp = false;
        LogUnread(fault);
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
