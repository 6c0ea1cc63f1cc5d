using System.Globalization;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary><c>loop.kill</c>: processes die at every kind of moment there is, and nothing that was accepted is lost, repeated or stuck.</summary>
internal sealed class KillProof : IProof
{
    private const int Seed = 20;
    private const int Twice = 2;
    private const int RandomMoments = 20;
    private const int Attempts = 10;

    public string Name => "loop.kill";

    public string Claim => "kill -9 at any moment: every accepted batch ends in exactly one run's account, no run is stuck, no champion without a gate's decision or a person's";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        var world = await World.TinyAsync(folder.Below("tiny"), cancellationToken);
        var holds = true;
        if (arguments.Only is null or "embedded")
        {
            holds &= await SurvivesAsync(Deployment.Embedded(folder.Below("embedded"), world.Pipelines), world, cancellationToken);
        }

        if (arguments.Only is null or "distributed")
        {
            using var servers = PrivateServers.Start(folder.Below("servers"));
            holds &= await SurvivesAsync(Deployment.Distributed(folder.Below("distributed"), world.Pipelines, servers), world, cancellationToken);
        }

        folder.Keep = !holds;
        return holds;
    }

    private static async Task<bool> SurvivesAsync(Deployment deployment, World world, CancellationToken cancellationToken)
    {
        await using var _ = deployment;
        Console.WriteLine($"== {deployment.Description}");
        await deployment.StartAsync(cancellationToken);
        await deployment.CrownAsync(world, cancellationToken);
        var session = new KillSession(deployment, world);
        var random = new Random(Seed);
        var table = new KillTable();
        var breaches = 0;
        try
        {
            for (var i = 0; i < Twice; i++)
            {
                var result = await session.KillInPushAsync(cancellationToken);
                breaches += Report("half a push", result, await session.Ledger.BreachesAsync(session.Answered, cancellationToken));
                table.Add("half a push", result);
            }

            foreach (var trial in await PlanAsync(session, deployment.IsDistributed, random, cancellationToken))
            {
                var result = default(TrialResult);
                try
                {
                    // A change that lasts a millisecond is not seen every time.
                    for (var attempt = 0; attempt < Attempts && result is not { Killed.Count: > 0 }; attempt++)
                    {
                        result = await session.KillAsync(trial, random, cancellationToken);
                    }
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    Console.WriteLine($"BREACH after {trial.Group}: {fault.Message}\n{deployment.LastWords()}");
                    return false;
                }

                breaches += Report(trial.Group, result!, await session.Ledger.BreachesAsync(session.Answered, cancellationToken));
                table.Add(trial.Group, result!);
            }
        }
        finally
        {
            table.Print();
        }

        var broken = await session.Ledger.BrokenBlobsAsync(cancellationToken);
        foreach (var blob in broken)
        {
            Console.WriteLine("BREACH: " + blob);
        }

        Console.WriteLine($"{deployment.Description}: {session.Answered.Count} batches pushed, {table.Kills} kills, {breaches + broken.Count} breaches, {table.Missed} moments that did not come");
        return breaches + broken.Count == 0 && table.IsComplete(Twice);
    }

    /// <summary>Every kind of change that two undisturbed stories show, each twice, and the random moments; in a seeded order, so that good and bad batches mix, every kind once before any twice.</summary>
    private static async Task<IReadOnlyList<Trial>> PlanAsync(KillSession session, bool distributed, Random random, CancellationToken cancellationToken)
    {
        // The first of each warms the processes up.
        await session.ListenAsync(true, cancellationToken);
        var good = await session.ListenAsync(true, cancellationToken);
        var bad = await session.ListenAsync(false, cancellationToken);
        (bool IsGood, string Kind)[] kinds = [.. good.Seen.Select(seen => (true, seen.Kind)).Concat(bad.Seen.Select(seen => (false, seen.Kind))).DistinctBy(seen => seen.Kind)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kinds.Length} kinds of change seen in {good.Took.TotalSeconds:0.0} s and {bad.Took.TotalSeconds:0.0} s: {string.Join(", ", kinds.Select(kind => kind.Kind))}"));
        var plan = new List<Trial>();
        for (var round = 0; round < Twice; round++)
        {
            // A distributed deployment loses the process whose change it was, and in the second round all of them at once.
            Trial[] trials =
            [
                .. kinds.Select(kind => new Trial(kind.Kind, kind.IsGood, kind.Kind, TimeSpan.Zero, distributed && round > 0)),
                .. Enumerable.Range(0, RandomMoments / Twice).Select(i =>
                    new Trial("a random moment", i % 2 == 0, null, (i % 2 == 0 ? good.Took : bad.Took) * random.NextDouble(), distributed && round > 0)),
            ];
            random.Shuffle(trials);
            plan.AddRange(trials);
        }

        return plan;
    }

    private static int Report(string group, TrialResult result, IReadOnlyList<string> breaches)
    {
        var killed = result.Killed.Count switch { 0 => "nothing", 1 => result.Killed[0], _ => "all" };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group,-48} killed {killed,-11} ready {result.Ready,5:0.0} s  at rest {result.Recovered,5:0.0} s  {result.BatchId} {result.FinalState}"));
        foreach (var breach in breaches)
        {
            Console.WriteLine("  BREACH: " + breach);
        }

        return breaches.Count;
    }
}
