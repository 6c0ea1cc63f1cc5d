using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs.Attribution;

/// <summary><c>eval.attribution</c>: five batches in one run of a real server, one of them planted; its regression report, and trainings without the planted and without another batch.</summary>
internal sealed class AttributionProof : IProof
{
    private const string Teacher = "teacher";
    private const double Needed = 0.9;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "eval.attribution";

    public string Claim => "a planted bad batch among five in one run is the one that the report names, and only the training without it recovers, in at least 18 of 20 seeds";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var seeds = arguments.Seeds ?? 20;
        var directory = await SupportWorld.BaseAsync(cancellationToken);
        using var folder = new ProofFolder { Keep = false };
        var pipelines = folder.Below("pipelines");
        foreach (var pipeline in Enumerable.Range(1, seeds).Select(PipelineOf).Append(Teacher)) WritePipeline(pipelines, pipeline);

        await using var server = await AlignOpsServer.StartAsync(new HostSettings(folder.Below("state"), pipelines, "http://127.0.0.1:0"), cancellationToken);
        var loop = new LoopClient(_ => server.Url);
        using var client = new ServerClient(server.Url.ToString(), null);
        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken);

        // A champion that is good already, so that there is something to lose.
        await CertifyAsync(client, Teacher, checkpoint, null, cancellationToken);
        var taught = await loop.PushAsync(Teacher, "good.jsonl", FeedbackBatches.Good(0).Content, null, cancellationToken);
        var lesson = await loop.WaitForBatchAsync(Teacher, taught.Text("batchId"), Limit, cancellationToken);
        var right = 0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            right += await OneSeedAsync(seed, client, loop, checkpoint, lesson.Text("candidateAdapter"), cancellationToken) ? 1 : 0;
        }

        Console.WriteLine($"{right} of {seeds} seeds: the planted batch named by overlap and confirmed by leaving it out");
        return right >= Needed * seeds;
    }

    private static async Task<bool> OneSeedAsync(int seed, ServerClient client, LoopClient loop, string checkpoint, string champion, CancellationToken cancellationToken)
    {
        var (started, pipeline) = (Stopwatch.GetTimestamp(), PipelineOf(seed));
        var (planted, sizes) = ("", new List<(string Id, int Rows)>());
        foreach (var batch in MixedBatches.Of(seed))
        {
            // Without a champion batches wait, so that the run takes all of them.
            var report = await loop.PushAsync(pipeline, batch.Name, batch.Content, null, cancellationToken);
            sizes.Add((report.Text("batchId"), int.Parse(report.Text("accepted"), CultureInfo.InvariantCulture)));
            if (batch.Planted) planted = sizes[^1].Id;
        }

        await UntilAllWaitAsync(loop, pipeline, sizes.Select(batch => batch.Id), cancellationToken);
        await CertifyAsync(client, pipeline, checkpoint, champion, cancellationToken);
        var run = await loop.WaitForBatchAsync(pipeline, planted, Limit, cancellationToken);
        var path = $"/v1/runs/{run.Text("runId")}/regression";
        var found = await client.GetAsync(path, cancellationToken);
        List<JsonElement> named = [.. found.Items("batches").Where(batch => batch.Text("standsOut") == "true")];
        var other = sizes.Where(batch => batch.Id != planted).MaxBy(batch => batch.Rows).Id;
        var line = $"seed {seed,2}  batches {string.Join('/', sizes.Select(batch => batch.Id == planted ? $"[{batch.Rows}]" : $"{batch.Rows}"))}  "
            + $"worse {found.Items("parts").Count(part => part.Text("standing") == "worse")} of {found.Items("parts").Count()}, failing {found.Text("failing")}  "
            + $"named {(named.Count == 0 ? "none" : string.Join(", ", named.Select(batch => $"{(batch.Text("batchId") == planted ? "planted" : "another")} (pull {batch.Text("pull")}, share {batch.Text("share")}, p {batch.Text("pValue")})")))}  next {found.Items("batches").Skip(1).FirstOrDefault().Text("pull")}";
        if (!found.Items("parts").Any(part => part.Text("standing") == "worse"))
        {
            Console.WriteLine($"{line}  nothing regressed: {found.Text("sentence")}");
            return false;
        }

        var without = await TryAsync(client, path, planted, cancellationToken);
        var control = await TryAsync(client, path, other, cancellationToken);
        Console.WriteLine($"{line}  without planted {Describe(without)}  without another {Describe(control)}  {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return named is [var only] && only.Text("batchId") == planted
            && without.GetProperty("finding").Text("verdict") == "confirmed" && control.GetProperty("finding").Text("verdict") != "confirmed";
    }

    private static async Task<JsonElement> TryAsync(ServerClient client, string path, string batchId, CancellationToken cancellationToken)
    {
        await client.PostAsync($"{path}/trials", new { batchId }, cancellationToken);
        while (true)
        {
            var trial = (await client.GetAsync(path, cancellationToken)).Items("trials").Single(one => one.Text("batchId") == batchId);
            if (trial.Text("state") is "done" or "failed") return trial;
            await Task.Delay(500, cancellationToken);
        }
    }

    private static async Task UntilAllWaitAsync(LoopClient loop, string pipeline, IEnumerable<string> batches, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            while (await loop.BatchStateAsync(pipeline, batch, cancellationToken) != "waiting") await Task.Delay(100, cancellationToken);
        }
    }

    private static string Describe(JsonElement trial) => trial.GetProperty("finding") is { ValueKind: JsonValueKind.Object } finding
        ? $"{finding.Text("verdict")} (gain {finding.Text("gain")}, still worse {finding.Items("stillWorse").Count()})"
        : $"{trial.Text("state")}: {trial.Text("reason")}";

    private static async Task CertifyAsync(ServerClient client, string pipeline, string checkpoint, string? adapter, CancellationToken cancellationToken) =>
        await client.PostAsync($"/v1/pipelines/{pipeline}/champion", new { checkpoint, adapter, reason = "start of the proof" }, cancellationToken);

    private static string PipelineOf(int seed) => string.Create(CultureInfo.InvariantCulture, $"seed-{seed:00}");

    /// <summary>The example with shorter trainings. Its gate waits for more items than there are, so that a rejected run is not split while its trials run.</summary>
    private static void WritePipeline(string pipelines, string pipeline)
    {
        var suites = Directory.CreateDirectory(Path.Combine(pipelines, pipeline, "suites")).FullName;
        File.Copy(Path.Combine(SupportWorld.Pipelines, SupportWorld.Pipeline, "suites", "behaviour.jsonl"), Path.Combine(suites, "behaviour.jsonl"));
        File.WriteAllText(Path.Combine(pipelines, pipeline, "pipeline.yaml"), $$"""
            pipeline: {{pipeline}}
            description: The support assistant, for a run of five batches.
            mix: { held_out_share: 0.1, replay_share: 0, synthetic_share: 0 }
            training:
              method: rrhf
              start: champion
              epochs: {{(pipeline == Teacher ? 2 : 1)}}
              prompts_per_step: 8
              learning_rate: 4.0e-3
              schedule: linear
              warmup_ratio: 0.1
              beta2: 0.99
              lora: { rank: 8, alpha: 16 }
              rrhf: { semantics: paper, sft_min_score: 1 }
            evaluation:
              verifier: support-assistant
              temperature: 0.7
              max_new_tokens: 64
              suites:
                - { name: behaviour, file: suites/behaviour.jsonl, role: preference }
            gate: { alpha: 0.01, min_items: 100000, require_regression: false }
            """);
    }
}
