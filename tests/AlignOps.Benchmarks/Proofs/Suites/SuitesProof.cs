using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Benchmarks.Proofs.Suites;

/// <summary><c>eval.suites</c>: a pipeline with a suite of every kind, three runs of a real server, the third candidate spoilt in one suite.</summary>
internal sealed partial class SuitesProof : IProof
{
    private const string Pipeline = "every-kind";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "eval.suites";

    public string Claim => "a suite of every kind is asked and scored in a run, a later run generates none of the other models' answers again, the untrained base stands beside the candidate, and a candidate spoilt in one benchmark is rejected by its name";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var directory = await SupportWorld.BaseAsync(cancellationToken);
        using var folder = new ProofFolder { Keep = false };
        SuiteFilesOfExample.Write(folder.Below("pipelines"), Pipeline);
        var engine = new SpoiltEngine(new CpuPolicyEngine(), SuiteFilesOfExample.Marker);
        await using var server = await AlignOpsServer.StartAsync(
            new HostSettings(folder.Below("state"), folder.Below("pipelines"), "http://127.0.0.1:0"), cancellationToken, services => services.Replace(ServiceDescriptor.Singleton<IPolicyEngine>(engine)));
        var loop = new LoopClient(_ => server.Url);
        using var client = new ServerClient(server.Url.ToString(), null);
        await loop.CertifyAsync(Pipeline, await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken), cancellationToken);

        var first = await RunAsync(1, server, loop, client, cancellationToken);
        var second = await RunAsync(2, server, loop, client, cancellationToken);
        engine.Spoils = true;
        var third = await RunAsync(3, server, loop, client, cancellationToken);

        // Suites over one file and one decoding share their answers too, so what is generated is the candidate's distinct draws and no more.
        var ours = second.Results.Where(line => line.Text("model") == "candidate").ToList();
        var distinct = ours.Select(line => (line.Text("suiteDigest"), line.Text("id"), line.Text("sample"))).Distinct().Count();
        var known = second.Results.Count - ours.Count;
        var reuses = second.Generated == distinct && second.Reused == known + ours.Count - distinct;
        Console.WriteLine($"second run: of the candidate's {ours.Count} draws {distinct} are distinct, {second.Generated} answers were generated; the other models' {known} and the candidate's own {ours.Count - distinct} are {(reuses ? "all" : "NOT all")} among {second.Reused} reused");
        var named = third.State == "rejected" && third.Reason.Contains(SuiteFilesOfExample.Planted, StringComparison.Ordinal);
        Console.WriteLine($"third run, spoilt in {SuiteFilesOfExample.Planted}: {third.State}: {third.Reason}");
        var sound = new[] { first, second }.All(run => !run.Reason.Contains($"{SuiteFilesOfExample.Planted} is", StringComparison.Ordinal) && run.Baseline is not null && run.Kinds == 11);
        return reuses && named && sound;
    }

    private static async Task<Seen> RunAsync(int number, AlignOpsServer server, LoopClient loop, ServerClient client, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var report = await loop.PushAsync(Pipeline, $"good-{number}.jsonl", FeedbackBatches.Good(number).Content, null, cancellationToken);
        var run = await loop.WaitForBatchAsync(Pipeline, report.Text("batchId"), Limit, cancellationToken);
        var id = run.Text("runId");
        var gate = (await loop.GateAsync(id, cancellationToken)).GetProperty("record");
        var results = (await client.GetTextAsync($"/v1/runs/{id}/results", cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        await using var connection = await server.Services.GetRequiredService<IDatabase>().OpenReadAsync(cancellationToken);
        var summary = await connection.QuerySingleAsync<string>("select summary from platform_v_jobs where kind = 'evaluation.evaluate' and run_id = @id", new { id });
        var counts = Counts().Match(summary);

        Console.WriteLine($"run {number}: {run.Text("state")} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; {summary}");
        var suites = results.GroupBy(line => line.Text("suite")).OrderBy(suite => suite.Key, StringComparer.Ordinal).ToList();
        foreach (var suite in suites) Console.WriteLine($"  {suite.Key,-10} {suite.First().Text("kind"),-16} {suite.First().Text("role"),-10} by {suite.First().Text("judge"),-18} {string.Join("  ", suite.GroupBy(line => line.Text("model")).Select(Describe))}");
        var baseline = gate.Items("rules").Where(rule => rule.Text("name") == "baseline").Select(rule => rule.Text("sentence")).SingleOrDefault();
        Console.WriteLine($"  untrained base: {baseline ?? "NOT in the record"}");
        return new Seen(run.Text("state"), gate.Text("reason"), baseline, results, suites.Count, int.Parse(counts.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(counts.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    private static string Describe(IGrouping<string, JsonElement> model)
    {
        var scores = model.Select(line => line.GetProperty("score")).Where(score => score.ValueKind == JsonValueKind.Number).Select(score => score.GetDouble()).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{model.Key} {(scores.Count == 0 ? double.NaN : scores.Average()):0.000} ({scores.Count} of {model.Count()})");
    }

    [GeneratedRegex("([0-9]+) generated, ([0-9]+) reused")]
    private static partial Regex Counts();

    private sealed record Seen(string State, string Reason, string? Baseline, IReadOnlyList<JsonElement> Results, int Kinds, int Generated, int Reused);
}
