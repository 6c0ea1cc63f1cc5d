using AlignOps.Pipelines.Schedules;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Pipelines.Compliance;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AlignOps.EndToEnd.Tests.Pipelines;

/// <summary>Two schedulers of one cluster on real PostgreSQL, their clock driven.</summary>
public sealed class PostgresScheduleTests : IAsyncLifetime
{
    private PostgresScratch _scratch = null!;

    public async Task InitializeAsync() => _scratch = await PostgresScratch.CreateAsync();

    public async Task DisposeAsync() => await _scratch.DisposeAsync();

    [Fact]
    public async Task Weekly_TwoProcessesThreeWeeksAndARestart_FireThreeTimes()
    {
        var firing = new RecordingFiring();
        var clock = new DrivenClock(Utc(10, 12, 12));
        await using var first = await StartAsync(firing, clock);
        var second = await StartAsync(firing, clock);

        clock.Set(Utc(10, 18, 1, 0, 1));
        Assert.Equal(("support", Utc(10, 18, 1)), await firing.NextAsync());
        clock.Set(Utc(10, 25, 2, 0, 1));
        Assert.Equal(("support", Utc(10, 25, 2)), await firing.NextAsync());
        await second.DisposeAsync();
        await using var third = await StartAsync(firing, clock);
        clock.Set(Utc(11, 1, 2, 0, 1));
        Assert.Equal(("support", Utc(11, 1, 2)), await firing.NextAsync());

        Assert.Equal(Utc(11, 8, 2), await third.NextAsync("support", default));
        Assert.True(firing.None);
    }

    private async Task<PipelineScheduler> StartAsync(RecordingFiring firing, TimeProvider clock)
    {
        var store = new SchedulerStore(DatabaseKind.PostgreSql, NpgsqlFactory.Instance, _scratch.ConnectionString);
        var scheduler = new PipelineScheduler(store, firing, clock, TimeSpan.FromSeconds(1), NullLoggerFactory.Instance);
        await scheduler.StartAsync(new Dictionary<string, ScheduleSection?> { ["support"] = new() { Cron = "0 0 3 ? * SUN", TimeZone = "Europe/Zurich" } }, default);
        return scheduler;
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute = 0, int second = 0) => new(2026, month, day, hour, minute, second, TimeSpan.Zero);
}
