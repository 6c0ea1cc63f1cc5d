using System.Diagnostics;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs;

/// <summary><c>loop.distributed</c>: seven processes on RabbitMQ and PostgreSQL come to the same bytes as one process on SQLite.</summary>
internal sealed class DistributedProof : IProof
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string[] Columns = ["state", "datasetDigest", "candidateAdapter", "evidenceDigest", "recordDigest"];

    public string Name => "loop.distributed";

    public string Claim => "one process a role, on RabbitMQ and PostgreSQL, comes to the same dataset, adapter, evidence and gate record as one process on SQLite";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        using var servers = PrivateServers.Start(folder.Below("servers"));
        World[] worlds = [await World.TinyAsync(folder.Below("tiny"), cancellationToken), await World.SupportAsync(cancellationToken)];
        var holds = true;
        foreach (var world in worlds)
        {
            var embedded = await TellAsync(Deployment.Embedded(folder.Below($"{world.Pipeline}-embedded"), world.Pipelines), world, cancellationToken);
            var distributed = await TellAsync(Deployment.Distributed(folder.Below($"{world.Pipeline}-distributed"), world.Pipelines, servers), world, cancellationToken);
            for (var i = 0; i < world.Batches.Count; i++)
            {
                holds &= Compare(world.Pipeline, world.Batches[i].Name, embedded[i], distributed[i]);
            }
        }

        folder.Keep = !holds;
        return holds;
    }

    /// <summary>Pushes the world's batches one after the other; returns what each came to, by column.</summary>
    private static async Task<IReadOnlyList<string[]>> TellAsync(Deployment deployment, World world, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var _ = deployment;
        try
        {
            await deployment.StartAsync(cancellationToken);
            await deployment.CrownAsync(world, cancellationToken);
            Console.WriteLine($"{world.Pipeline}: {deployment.Description} is up after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
            var told = new List<string[]>();
            foreach (var (name, content) in world.Batches)
            {
                var pushed = Stopwatch.GetTimestamp();
                var report = await deployment.Client.PushAsync(world.Pipeline, name, content, null, cancellationToken);
                var run = await deployment.Client.WaitForBatchAsync(world.Pipeline, report.Text("batchId"), Limit, cancellationToken);
                Console.WriteLine($"  {name}: {run.Text("state")} after {Stopwatch.GetElapsedTime(pushed).TotalSeconds:0.0} s: {run.Text("reason")}");
                told.Add([.. Columns.Select(column => run.Text(column))]);
            }

            return told;
        }
        catch (Exception)
        {
            Console.WriteLine(deployment.LastWords());
            throw;
        }
    }

    private static bool Compare(string pipeline, string batch, string[] embedded, string[] distributed)
    {
        Console.WriteLine($"{pipeline} {batch,-10}  {"embedded",-64}  {"distributed",-64}");
        for (var i = 0; i < Columns.Length; i++)
        {
            Console.WriteLine($"  {Columns[i],-18}  {embedded[i],-64}  {distributed[i],-64}  {(embedded[i] == distributed[i] ? "same" : "DIFFERENT")}");
        }

        return embedded.SequenceEqual(distributed) && embedded.All(cell => cell.Length > 1);
    }
}
