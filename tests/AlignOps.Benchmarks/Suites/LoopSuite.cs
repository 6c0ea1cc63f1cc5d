using System.Data.Common;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using AlignOps.Models.Cpu;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AlignOps.Benchmarks.Suites;

/// <summary><c>loop</c>: how soon an accepted batch becomes a run, what lies between a run's steps, and the speed of the engine under them.</summary>
internal sealed class LoopSuite : ISuite
{
    private const int Pushes = 24;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public string Name => "loop";

    public async Task<IReadOnlyList<Figure>> MeasureAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        using var servers = PrivateServers.Start(folder.Below("servers"));
        var engine = new CpuPolicyEngine();
        var figures = new List<Figure> { EngineFigures.TrainTokensPerSecond(engine, Name), EngineFigures.GenerateTokensPerSecond(engine, Name) };
        var world = await World.TinyAsync(folder.Below("tiny"), cancellationToken);
        var embedded = await MeasureAsync(Deployment.Embedded(folder.Below("embedded"), world.Pipelines), world, cancellationToken);
        figures.AddRange(embedded.SelectMany(figure => new[] { figure with { Name = $"loop.{figure.Name}" }, figure with { Name = $"loop.embedded.{figure.Name}" } }));
        var distributed = await MeasureAsync(Deployment.Distributed(folder.Below("distributed"), world.Pipelines, servers), world, cancellationToken);
        figures.AddRange(distributed.Select(figure => figure with { Name = $"loop.distributed.{figure.Name}" }));
        folder.Keep = false;
        return figures;
    }

    /// <summary>Pushes batches one after the other, each after the run of the one before, and reads from outside what the deployment wrote down of them.</summary>
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(Deployment deployment, World world, CancellationToken cancellationToken)
    {
        await using var _ = deployment;
        await deployment.StartAsync(cancellationToken);
        await deployment.CrownAsync(world, cancellationToken);
        for (var number = 1; number <= Pushes; number++)
        {
            var report = await deployment.Client.PushAsync(world.Pipeline, $"batch-{number}.jsonl", TinyWorld.Feedback(number), null, cancellationToken);
            await deployment.Client.WaitForBatchAsync(world.Pipeline, report.Text("batchId"), Limit, cancellationToken);
        }

        await using var connection = await OpenAsync(deployment, cancellationToken);
        var starts = (await connection.QueryAsync<long>(
            """
            select r.started_at - b.pushed_at
            from intake_v_batches b join pipelines_v_batches p on p.batch_id = b.batch_id join pipelines_v_runs r on r.run_id = p.run_id
            order by b.pushed_at
            """)).AsList();
        var jobs = await connection.QueryAsync<(string RunId, long StartedAt, long EndedAt)>(
            "select run_id, started_at, ended_at from platform_v_jobs where state = 'done' order by run_id, started_at");
        var overheads = jobs
            .GroupBy(job => job.RunId)
            .SelectMany(run => run.Zip(run.Skip(1), (before, after) => after.StartedAt - before.EndedAt))
            .ToList();
        Console.WriteLine($"{deployment.Description}: {starts.Count} runs, {overheads.Count} steps after another; the first run began after {starts[0]} ms, the slowest of the others after {starts.Skip(1).Max()} ms");
        return [.. Percentiles("accept_to_start_ms", starts), .. Percentiles("step_overhead_ms", overheads)];
    }

    private static async Task<DbConnection> OpenAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        // Asking for its version loads the library that the deployment itself uses.
        _ = SqliteLibrary.Version;
        DbConnection connection = deployment.Postgres is { } address
            ? new NpgsqlConnection(address)
            : new SqliteConnection($"Data Source={Path.Combine(deployment.DataFolder, "alignops.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>By nearest rank, so that the 99th of few is the greatest.</summary>
    private static IEnumerable<Figure> Percentiles(string name, List<long> milliseconds)
    {
        milliseconds.Sort();
        foreach (var percent in new[] { 50, 99 })
        {
            var rank = (int)Math.Ceiling(percent / 100.0 * milliseconds.Count);
            yield return new Figure($"{name}.p{percent}", milliseconds[rank - 1], "ms");
        }
    }
}
