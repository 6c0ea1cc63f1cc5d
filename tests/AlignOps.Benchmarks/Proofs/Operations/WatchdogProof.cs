using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using Npgsql;

namespace AlignOps.Benchmarks.Proofs.Operations;

/// <summary><c>watchdog</c>: the broker falls silent past its heartbeat, and a handler holds its delivery past its bound; each time the process leaves, comes back and consumes.</summary>
internal sealed class WatchdogProof : IProof
{
    private const string Left = "ended with 70";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public string Name => "watchdog";

    public string Claim => "a process whose bus stays broken, or whose handler holds its delivery past its bound, leaves with exit code 70 and its supervisor brings back one that consumes; every batch is learned once";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        using var servers = PrivateServers.Start(folder.Below("servers"));
        var world = await World.TinyAsync(folder.Below("tiny"), cancellationToken);
        await using var deployment = Deployment.Distributed(folder.Below("deployment"), world.Pipelines, servers);
        deployment.ExtraArguments = ["--supervise", "--bus-patience", "3", "--handler-limit", "5", "--lease", "5"];
        try
        {
            await deployment.StartAsync(cancellationToken);
            await deployment.CrownAsync(world, cancellationToken);
            Console.WriteLine($"  {deployment.Description} is up, each process below a supervisor");
            var paused = await PauseBrokerAsync(deployment, servers, world, cancellationToken);
            var stalled = await StallHandlerAsync(deployment, world, cancellationToken);
            folder.Keep = !(paused && stalled);
            return paused && stalled;
        }
        catch (Exception)
        {
            servers.ResumeBroker();
            Console.WriteLine(deployment.LastWords());
            throw;
        }
    }

    private static async Task<bool> PauseBrokerAsync(Deployment deployment, PrivateServers servers, World world, CancellationToken cancellationToken)
    {
        servers.PauseBroker();
        var started = Stopwatch.GetTimestamp();
        var batch = (await deployment.Client.PushAsync(world.Pipeline, "paused.jsonl", TinyWorld.Feedback(11), null, cancellationToken)).Text("batchId");
        Console.WriteLine($"  the broker is stopped with SIGSTOP; batch {batch} is pushed and accepted meanwhile");
        await UntilAsync(() => Task.FromResult(Leavers(deployment).Count == Deployment.Roles.Length), "every process has left", cancellationToken);
        Console.WriteLine($"  after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s all of {string.Join(", ", Leavers(deployment))} have left with exit code 70");
        servers.ResumeBroker();
        var resumed = Stopwatch.GetTimestamp();
        await UntilAsync(() => WholeAsync(deployment, cancellationToken), "every process is back on the bus", cancellationToken);
        Console.WriteLine($"  the broker goes on; {Stopwatch.GetElapsedTime(resumed).TotalSeconds:0} s later every process is back and consumes");
        return await LearnedOnceAsync(deployment, world, batch, cancellationToken);
    }

    private static async Task<bool> StallHandlerAsync(Deployment deployment, World world, CancellationToken cancellationToken)
    {
        var before = Count(deployment, "pipelines");

        // The turn that every handler of a service takes: held from outside, its next delivery does not get through.
        var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("alignops.turn.pipelines")));
        await using var holder = new NpgsqlConnection(deployment.Postgres);
        await holder.OpenAsync(cancellationToken);
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(@key)", holder) { Parameters = { new("key", key) } })
        {
            await hold.ExecuteNonQueryAsync(cancellationToken);
        }

        var started = Stopwatch.GetTimestamp();
        var batch = (await deployment.Client.PushAsync(world.Pipeline, "stalled.jsonl", TinyWorld.Feedback(12), null, cancellationToken)).Text("batchId");
        Console.WriteLine($"  the handlers of pipelines are held up; batch {batch} is pushed");
        await UntilAsync(() => Task.FromResult(Count(deployment, "pipelines") > before), "pipelines has left", cancellationToken);
        Console.WriteLine($"  after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s its process has left with exit code 70; the hold is let go");
        await holder.CloseAsync();
        NpgsqlConnection.ClearPool(holder);
        await UntilAsync(() => WholeAsync(deployment, cancellationToken), "every process is back on the bus", cancellationToken);
        return await LearnedOnceAsync(deployment, world, batch, cancellationToken);
    }

    private static async Task<bool> LearnedOnceAsync(Deployment deployment, World world, string batch, CancellationToken cancellationToken)
    {
        var run = await deployment.Client.WaitForBatchAsync(world.Pipeline, batch, Limit, cancellationToken);
        await using var connection = new NpgsqlConnection(deployment.Postgres);
        await connection.OpenAsync(cancellationToken);
        async Task<long> CountAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new("batch", batch) } };
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        var runs = await CountAsync("select count(*) from pipelines_run_batch where batch_id = @batch");
        var dead = await CountAsync("select count(*) from platform_dead_letter");
        Console.WriteLine($"  batch {batch}: {run.Text("state")} by run {run.Text("runId")}, in {runs} run; {dead} dead letters");
        return runs == 1 && dead == 0 && run.Text("state") is "promoted" or "inconclusive" or "rejected";
    }

    private static List<string> Leavers(Deployment deployment) => [.. Deployment.Roles.Where(role => Count(deployment, role) > 0)];

    private static int Count(Deployment deployment, string role)
    {
        using var reader = new StreamReader(new FileStream(deployment.LogOf(role) + ".out", FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split(Left).Length - 1;
    }

    /// <summary>Every process answers and its bus is whole.</summary>
    private static async Task<bool> WholeAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        foreach (var role in Deployment.Roles)
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri(deployment.UrlOf(role), "/healthz/ready"), cancellationToken);
                var health = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(cancellationToken));
                if (!answer.IsSuccessStatusCode || health.GetProperty("checks").GetProperty("bus").Text("status") != "Healthy")
                {
                    return false;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or JsonException && !cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Not within {Limit.TotalSeconds:0} s: {what}.");
            }

            await Task.Delay(200, cancellationToken);
        }
    }
}
