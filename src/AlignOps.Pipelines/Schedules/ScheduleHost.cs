using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AlignOps.Pipelines.Schedules;

/// <summary>The scheduler of this process: started with the first definitions, brought in line with every later change.</summary>
internal sealed class ScheduleHost(
    PlatformOptions platform,
    IScheduleFiring firing,
    IOptions<PipelinesOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private PipelineScheduler? _scheduler;
    private IReadOnlyDictionary<string, ScheduleSection?> _applied = new Dictionary<string, ScheduleSection?>();

    public async Task ApplyAsync(IReadOnlyDictionary<string, ScheduleSection?> schedules, CancellationToken cancellationToken)
    {
        if (_scheduler is null)
        {
            var scheduler = new PipelineScheduler(Store(), firing, clock, options.Value.SchedulePoll, loggers);
            await scheduler.StartAsync(schedules, cancellationToken);
            _scheduler = scheduler;
        }
        else if (!schedules.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(_applied.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
        {
            await _scheduler.ApplyAsync(schedules, cancellationToken);
        }

        _applied = schedules;
    }

    public async Task<DateTimeOffset?> NextAsync(string pipeline, CancellationToken cancellationToken) =>
        _scheduler is null ? null : await _scheduler.NextAsync(pipeline, cancellationToken);

    private SchedulerStore Store() => platform.Database is { Length: > 0 } address
        ? new SchedulerStore(DatabaseKind.PostgreSql, NpgsqlFactory.Instance, address)
        : new SchedulerStore(DatabaseKind.Sqlite, SqliteFactory.Instance, $"Data Source={Path.Combine(platform.DataFolder, "quartz.db")}");

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is not null)
        {
            await _scheduler.DisposeAsync();
        }
    }
}
