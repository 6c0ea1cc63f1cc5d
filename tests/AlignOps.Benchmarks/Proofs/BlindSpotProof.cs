using System.Globalization;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using AlignOps.Host.Demo;
using AlignOps.Host.Hosting;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs;

/// <summary><c>loop.blindspot</c>: the demo's fourth act for many seeds, on real models.</summary>
internal sealed class BlindSpotProof : IProof
{
    public string Name => "loop.blindspot";

    public string Claim => "for every seed a candidate that is worse where its suites do not look is promoted by its gate and taken back by its customers' thumbs";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var seeds = arguments.Seeds ?? 5;
        var directory = await SupportWorld.BaseAsync(cancellationToken);
        var caught = 0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            caught += await OneSeedAsync(seed, directory, cancellationToken) ? 1 : 0;
        }

        Console.WriteLine($"{caught} of {seeds} seeds: promoted by the gate, rolled back by thumbs");
        return caught == seeds;
    }

    private static async Task<bool> OneSeedAsync(int seed, string directory, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alignops-proof-").FullName;
        try
        {
            await using var server = await AlignOpsServer.StartAsync(new HostSettings(Path.Combine(folder, "state"), SupportWorld.Pipelines, "http://127.0.0.1:0"), cancellationToken);
            using var client = new ServerClient(server.Url.ToString(), null);
            var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken);
            var canary = await new CanaryAct(server, client, seed).PlayAsync(checkpoint, cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"seed {seed,2}  gate {canary.Run.Decision} at win rate {canary.Run.WinRate:0.000}  {canary.Stage}  thumbs {canary.Rollback?.Thumbs}  requests {canary.Rollback?.Requests}  {canary.Rollback?.Milliseconds} ms  {canary.Reason}"));
            return canary.Rollback is not null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
