using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Examples.SupportAssistant.Verifiers;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using AlignOps.Rewards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Benchmarks.Proofs.Cheats;

/// <summary><c>eval.cheats</c>: candidates that win over a judge that can be fooled, through push, training, evaluation and gate of a real server.</summary>
internal sealed class CheatsProof : IProof
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly string[] Screens = ["empty-answers", "constant-answers", "judge-directed-answers", "off-topic-answers"];

    public string Name => "eval.cheats";

    public string Claim => "five cheats that fool the judge are not promoted, each by evidence that names it; the honest candidate is stopped by no screen";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var directory = await SupportWorld.BaseAsync(cancellationToken);
        var holds = true;
        foreach (var cheat in Cheat.All)
        {
            holds &= await TryAsync(cheat, directory, cancellationToken);
        }

        return holds;
    }

    private static async Task<bool> TryAsync(Cheat cheat, string directory, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder { Keep = false };
        await using var server = await AlignOpsServer.StartAsync(
            new HostSettings(folder.Below("state"), SupportWorld.Pipelines, "http://127.0.0.1:0"), cancellationToken, services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IPolicyEngine>(new CheatingEngine(new CpuPolicyEngine(), cheat)));
                services.RemoveAll<IVerifier>();
                services.AddSingleton<IVerifier>(new FooledVerifier(new SupportAssistantVerifier())).AddSingleton<IVerifier>(new FooledVerifier(new SupportFluencyVerifier()));
            });
        var client = new LoopClient(_ => server.Url);
        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken);
        await client.CertifyAsync(SupportWorld.Pipeline, checkpoint, cancellationToken);
        var report = await client.PushAsync(SupportWorld.Pipeline, "cheat.jsonl", FeedbackBatches.Good(1).Content, null, cancellationToken);
        var run = await client.WaitForBatchAsync(SupportWorld.Pipeline, report.Text("batchId"), Limit, cancellationToken);
        var gate = (await client.GateAsync(run.Text("runId"), cancellationToken)).GetProperty("record");
        var failed = gate.Items("rules").Where(rule => rule.Text("verdict") == "fail").Select(rule => rule.Text("name")).ToList();
        var champion = await client.ChampionAsync(SupportWorld.Pipeline, cancellationToken);
        var moved = champion.TryGetProperty("adapter", out var adapter) && adapter.ValueKind == JsonValueKind.String;
        var holds = cheat.Blocked.Count == 0
            ? !failed.Intersect(Screens).Any()
            : run.Text("state") == "rejected" && !moved && cheat.Blocked.All(failed.Contains) && cheat.Blocked[0] == gate.Text("code");
        Console.WriteLine($"{cheat.Name}: {run.Text("state")}, win rate {gate.Text("winRate")} by the fooled judge; {gate.Text("reason")} {(holds ? "" : $"(failed: {string.Join(", ", failed)}; wanted {string.Join(", ", cheat.Blocked)})")}");
        return holds;
    }
}
