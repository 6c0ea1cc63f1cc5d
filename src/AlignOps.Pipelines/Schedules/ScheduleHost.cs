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
            try
            {
                await scheduler.StartAsync(schedules, cancellationToken);
                _scheduler = scheduler;
            }
            catch
            {
                await scheduler.DisposeAsync();
                throw;
            }
        }
        else if (!schedules.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(_applied.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
        {
            await _scheduler.ApplyAsync(schedules, cancellationToken);
        }

        _applied = schedules;
    }

    public async Task<DateTimeOffset?> NextAsync(string pipeline, CancellationToken cancellationToken) =>
        _scheduler is null ? null : await _scheduler.NextAsync(pipeline, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _scheduler, null) is { } scheduler)
        {
            await scheduler.DisposeAsync();
        }
    }

    private SchedulerStore Store() => platform.Database is { Length: > 0 } address
        ? new SchedulerStore(DatabaseKind.PostgreSql, NpgsqlFactory.Instance, PostgresAddress.Read(address).ConnectionString)
        : new SchedulerStore(DatabaseKind.Sqlite, SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = Path.Combine(platform.DataFolder, "quartz.db") }.ConnectionString);
}
