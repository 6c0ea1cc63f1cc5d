using System.Globalization;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Pipelines;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs;

/// <summary><c>loop.weekly</c>: three weeks by a driven clock, over the end of summer time and a restart.</summary>
internal sealed class WeeklyProof : IProof
{
    private const string Schedule = """schedule: { cron: "0 0 3 ? * SUN", time_zone: Europe/Zurich }""";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Sundays at three in Zurich; summer time ends there on 25 October 2026, an hour before the second.</summary>
    private static readonly DateTimeOffset[] Planned = [Utc(10, 18, 1), Utc(10, 25, 2), Utc(11, 1, 2)];

    public string Name => "loop.weekly";

    public string Claim => "three weeks across the end of summer time, with a restart in between, start exactly three scheduled runs, each at three o'clock local time";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        var world = await World.TinyAsync(folder.Below("tiny"), cancellationToken);
        await File.AppendAllTextAsync(Path.Combine(world.Pipelines, world.Pipeline, "pipeline.yaml"), $"\n{Schedule}\n", cancellationToken);
        Console.WriteLine(Schedule);
        var clock = new MovableClock(Utc(10, 12, 12));
        var settings = new HostSettings(folder.Below("state"), world.Pipelines, "http://127.0.0.1:0");

        // What is retrained on: one batch that was learned.
        var server = await StartAsync(settings, clock, cancellationToken);
        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(world.BaseDirectory, cancellationToken);
        var client = new LoopClient(_ => server.Url);
        await client.CertifyAsync(world.Pipeline, checkpoint, cancellationToken);
        var report = await client.PushAsync(world.Pipeline, world.Batches[0].Name, world.Batches[0].Content, null, cancellationToken);
        await client.WaitForBatchAsync(world.Pipeline, report.Text("batchId"), Limit, cancellationToken);

        await DriveAsync(server, clock, Utc(10, 25, 1, 30), cancellationToken);
        Console.WriteLine("  02:30 on 25 October in Zurich, for the second time that night: not yet");
        await DriveAsync(server, clock, Utc(10, 27, 9), cancellationToken);
        await server.DisposeAsync();
        Console.WriteLine("  stopped on 27 October; started again a day later");
        clock.MoveTo(Utc(10, 28, 9));
        server = await StartAsync(settings, clock, cancellationToken);
        await DriveAsync(server, clock, Utc(11, 2, 12), cancellationToken);

        var runs = await ScheduledAsync(server, cancellationToken);
        await server.DisposeAsync();
        foreach (var run in runs)
        {
            Console.WriteLine($"{run.RunId}  planned {run.Planned}  started {DateTimeOffset.FromUnixTimeMilliseconds(run.StartedAt):u}  {run.State}: {run.Reason}");
        }

        var holds = runs.Select(run => run.Planned).SequenceEqual(Planned.Select(Text));
        folder.Keep = !holds;
        return holds;
    }

    private static Task<AlignOpsServer> StartAsync(HostSettings settings, MovableClock clock, CancellationToken cancellationToken) =>
        AlignOpsServer.StartAsync(settings, cancellationToken, services => services
            .AddSingleton<TimeProvider>(clock)
            .Configure<PipelinesOptions>(options => options.SchedulePoll = Poll));

    /// <summary>
    /// Moves the clock by hours. At a planned time it waits for the run to start and end, as a week would; everywhere else it gives the scheduler the time
    /// to fire what it should not.
    /// </summary>
    private static async Task DriveAsync(AlignOpsServer server, MovableClock clock, DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (clock.GetUtcNow() < until)
        {
            var next = clock.GetUtcNow().AddHours(12);
            next = next < until ? next : until;
            if (Planned.FirstOrDefault(planned => planned > clock.GetUtcNow() && planned <= next) is { Year: > 1 } planned)
            {
                clock.MoveTo(planned);
                await WaitForRunAsync(server, planned, cancellationToken);
            }
            else
            {
                clock.MoveTo(next);
                await Task.Delay(Poll + Poll / 4, cancellationToken);
            }
        }
    }

    private static async Task WaitForRunAsync(AlignOpsServer server, DateTimeOffset planned, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (!(await ScheduledAsync(server, limit.Token)).Any(run => run.Planned == Text(planned) && run.EndedAt is not null))
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<IReadOnlyList<ScheduledRun>> ScheduledAsync(AlignOpsServer server, CancellationToken cancellationToken)
    {
        await using var connection = await server.Services.GetRequiredService<IDatabase>().OpenReadAsync(cancellationToken);
        return (await connection.QueryAsync<ScheduledRun>(
            """
            select run_id as RunId, trigger_ref as Planned, state as State, coalesce(reason, '') as Reason, started_at as StartedAt, ended_at as EndedAt
            from pipelines_v_runs where trigger_kind = 'schedule' order by started_at
            """)).AsList();
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);

    private sealed class ScheduledRun
    {
        public required string RunId { get; init; }
        public required string Planned { get; init; }
        public required string State { get; init; }
        public required string Reason { get; init; }
        public required long StartedAt { get; init; }
        public long? EndedAt { get; init; }
    }
}
