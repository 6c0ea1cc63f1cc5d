using AlignOps.Pipelines.Schedules;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Pipelines.Compliance;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignOps.Tests.Pipelines;

/// <summary>The real Quartz on a real SQLite file, its clock driven.</summary>
public sealed class PipelineSchedulerTests : IDisposable
{
    private static readonly ScheduleSection Weekly = new() { Cron = "0 0 3 ? * SUN", TimeZone = "Europe/Zurich" };

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-schedule-").FullName;
    private readonly RecordingFiring _firing = new();

    /// <summary>Chooses the library before the first connection: a process that met one and went on with another would crash.</summary>
    public PipelineSchedulerTests() => _ = SqliteLibrary.Version;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Weekly_ThreeWeeksAcrossTheEndOfSummerTimeWithARestart_FiresThreeTimesAtThreeLocal()
    {
        // Summer time ends in Zurich on Sunday 25 October 2026, 03:00 → 02:00.
        var clock = new DrivenClock(Utc(10, 12, 12));
        var first = await StartAsync(clock, Weekly);
        clock.Set(Utc(10, 18, 1, 0, 1));
        Assert.Equal(("support", Utc(10, 18, 1)), await _firing.NextAsync());

        clock.Set(Utc(10, 25, 1, 30));
        Assert.Equal(Utc(10, 25, 2), await first.NextAsync("support", default));
        clock.Set(Utc(10, 25, 2, 0, 1));
        Assert.Equal(("support", Utc(10, 25, 2)), await _firing.NextAsync());
        await first.DisposeAsync();

        await using var second = await StartAsync(clock, Weekly);
        clock.Set(Utc(11, 1, 2, 0, 1));
        Assert.Equal(("support", Utc(11, 1, 2)), await _firing.NextAsync());

        Assert.Equal(Utc(11, 8, 2), await second.NextAsync("support", default));
        Assert.True(_firing.None);
    }

    [Fact]
    public async Task Start_DownOverFirings_FiresOnceForTheLatestPlannedTime()
    {
        var clock = new DrivenClock(Utc(10, 12, 12));
        await (await StartAsync(clock, Weekly)).DisposeAsync();

        clock.Set(Utc(10, 29, 9));
        await using var scheduler = await StartAsync(clock, Weekly);

        Assert.Equal(("support", Utc(10, 25, 2)), await _firing.NextAsync());
        Assert.Equal(Utc(11, 1, 2), await scheduler.NextAsync("support", default));
        Assert.True(_firing.None);
    }

    [Fact]
    public async Task Start_NothingMissed_DoesNotFire()
    {
        var clock = new DrivenClock(Utc(10, 12, 12));
        await (await StartAsync(clock, Weekly)).DisposeAsync();

        clock.Set(Utc(10, 13, 12));
        await using var scheduler = await StartAsync(clock, Weekly);

        Assert.Equal(Utc(10, 18, 1), await scheduler.NextAsync("support", default));
        Assert.True(_firing.None);
    }

    [Fact]
    public async Task Apply_ChangedCron_MovesTheTriggerAndARemovedScheduleDeletesIt()
    {
        var clock = new DrivenClock(Utc(10, 12, 12));
        await using var scheduler = await StartAsync(clock, Weekly);

        await scheduler.ApplyAsync(new Dictionary<string, ScheduleSection?> { ["support"] = Weekly with { Cron = "0 30 4 ? * MON" } }, default);
        Assert.Equal(Utc(10, 19, 2, 30), await scheduler.NextAsync("support", default));

        await scheduler.ApplyAsync(new Dictionary<string, ScheduleSection?> { ["support"] = null }, default);
        Assert.NotNull(await scheduler.NextAsync("support", default));

        await scheduler.ApplyAsync(new Dictionary<string, ScheduleSection?> { ["support"] = new() }, default);
        Assert.Null(await scheduler.NextAsync("support", default));
    }

    [Fact]
    public async Task Fire_ProcessKilledInTheJob_IsMadeGoodAtTheNextStartForTheSamePlannedTime()
    {
        var clock = new DrivenClock(Utc(10, 12, 12));
        var killed = await StartAsync(clock, Weekly);
        _firing.Hold();
        clock.Set(Utc(10, 18, 1, 0, 1));
        Assert.Equal(("support", Utc(10, 18, 1)), await _firing.NextAsync());

        clock.Set(Utc(10, 18, 7));
        await using var scheduler = await StartAsync(clock, Weekly);
        Assert.Equal(("support", Utc(10, 18, 1)), await _firing.NextAsync());
        Assert.Equal(Utc(10, 25, 2), await scheduler.NextAsync("support", default));

        _firing.Release();
        await killed.DisposeAsync();
    }

    [Fact]
    public async Task Fire_OutboxAway_IsTriedAgainForTheSamePlannedTime()
    {
        var clock = new DrivenClock(Utc(10, 12, 12));
        await using var scheduler = await StartAsync(clock, Weekly);
        _firing.FailNext(2);
        clock.Set(Utc(10, 18, 1, 0, 1));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var next = _firing.NextAsync();
            while (await Task.WhenAny(next, Task.Delay(100)) != next)
            {
                clock.Set(clock.GetUtcNow() + TimeSpan.FromSeconds(1));
            }

            Assert.Equal(("support", Utc(10, 18, 1)), await next);
        }

        clock.Set(Utc(10, 25, 2, 0, 1));
        Assert.Equal(("support", Utc(10, 25, 2)), await _firing.NextAsync());
        Assert.True(_firing.None);
    }

    [Fact]
    public void PlannedAt_NoticedLate_IsTheLatestPlannedTime()
    {
        Assert.Equal(Utc(10, 25, 2), FirePlan.PlannedAt("0 0 3 ? * SUN", "Europe/Zurich", Utc(10, 25, 2)));
        Assert.Equal(Utc(10, 25, 2), FirePlan.PlannedAt("0 0 3 ? * SUN", "Europe/Zurich", Utc(10, 31, 23)));
        Assert.Equal(Utc(10, 18, 1), FirePlan.PlannedAt("0 0 3 ? * SUN", "Europe/Zurich", Utc(10, 25, 1, 59, 59)));
    }

    private async Task<PipelineScheduler> StartAsync(TimeProvider clock, ScheduleSection schedule)
    {
        var store = new SchedulerStore(DatabaseKind.Sqlite, SqliteFactory.Instance, $"Data Source={Path.Combine(_folder, "quartz.db")}");
        var scheduler = new PipelineScheduler(store, _firing, clock, TimeSpan.FromSeconds(1), NullLoggerFactory.Instance);
        await scheduler.StartAsync(new Dictionary<string, ScheduleSection?> { ["support"] = schedule }, default);
        return scheduler;
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute = 0, int second = 0) => new(2026, month, day, hour, minute, second, TimeSpan.Zero);
}
