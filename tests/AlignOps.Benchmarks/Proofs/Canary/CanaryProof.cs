using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Hosting;
using AlignOps.Promotion.Deployments;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary><c>canary</c>: candidates that people like less are taken back, those they like as much are not, and switching costs no request.</summary>
internal sealed class CanaryProof : IProof
{
    public string Name => "canary";

    public string Claim =>
        "candidates with 5, 10 and 20 points more thumbs down are rolled back in 20 of 20, equal ones in at most 1 of 40; at 50 requests a second over 100 switches no answer fails or is mixed, and p99 of a switch is below 1 s; kill -9 at every stage loses nothing";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        var world = await SwitchWorld.WriteAsync(folder, cancellationToken);
        var settings = new HostSettings(folder.Below("state"), world.Pipelines, "http://127.0.0.1:0");
        await using var server = await AlignOpsServer.StartAsync(settings, cancellationToken, services => services
            .Configure<DeploymentOptions>(options => options.Interval = TimeSpan.FromMilliseconds(50)));
        var bench = await CanaryBench.CreateAsync(server, world, folder.Below("definitions"), cancellationToken);

        Console.WriteLine("Thumbs: simulated people, each in the arm that the sticky hash gives them and each with one thumb in Serving's table; the deployments, the live rules, the");
        Console.WriteLine($"        registry, the audit log and the storage are the service's own. The champion's rate of thumbs down is {PlantedThumbs.ChampionRate}, the canary's share 0.5, alpha 0.01.");
        var thumbs = true;
        foreach (var points in PlantedThumbs.Planted)
        {
            thumbs &= await PlantedThumbs.RunAsync(bench, points, cancellationToken);
        }

        thumbs &= await PlantedThumbs.RunEqualAsync(bench, cancellationToken);
        var switches = await SwitchesUnderLoad.RunAsync(bench, cancellationToken);
        var audit = await bench.AuditIsWholeAsync(cancellationToken);
        var walk = await WalkOverKills.RunAsync(folder, cancellationToken);
        folder.Keep = !(thumbs && switches && audit && walk);
        return !folder.Keep;
    }
}
