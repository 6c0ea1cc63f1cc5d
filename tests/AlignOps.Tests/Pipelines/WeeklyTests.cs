using AlignOps.Tests.Pipelines.Compliance;

namespace AlignOps.Tests.Pipelines;

/// <summary>The whole way of a schedule: Quartz on its file, the outbox, the bus, the run. The clock is driven, the process restarted.</summary>
public class WeeklyTests
{
    [Fact]
    public async Task Schedule_ThreeWeeksAcrossTheEndOfSummerTimeWithARestart_MakesExactlyThreeRuns()
    {
        var clock = new DrivenClock(Utc(10, 14, 12));
        var host = await PipelinesHost.StartAsync(PipelinesHostFixture.Yaml, clock);
        await host.RegisterChampionAsync();
        await host.AcceptAsync("b-good");
        await host.EndedAsync("b-good");
        await PipelinesHost.UntilAsync(async () => (await host.PipelineAsync()).GetProperty("nextScheduledRun").ToString(), next => next.StartsWith("2026-10-18T01:00", StringComparison.Ordinal));

        clock.Set(Utc(10, 18, 1, 2));
        Assert.Equal("promoted", (await host.EndedAsync("2026-10-18T01:00:00Z")).GetProperty("state").GetString());
        var folder = await host.StopAsync();

        // The process is down when the second is due: it is made good at the start, once.
        clock.Set(Utc(10, 25, 4));
        host = await PipelinesHost.StartAsync(PipelinesHostFixture.Yaml, clock, folder);
        await host.EndedAsync("2026-10-25T02:00:00Z");

        clock.Set(Utc(11, 1, 2, 2));
        await host.EndedAsync("2026-11-01T02:00:00Z");

        Assert.Equal(3, (await host.RunsAsync("")).EnumerateArray().Count(run => run.GetProperty("triggerKind").GetString() == "schedule"));
        await host.DisposeAsync();
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);
}
