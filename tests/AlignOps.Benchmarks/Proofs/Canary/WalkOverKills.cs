using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>
/// A candidate that a real gate promoted walks from shadow to champion and is taken back, by people who ask and give thumbs over HTTP alone; at every stage the
/// service is killed with <c>kill -9</c> and started again, and stands where it stood.
/// </summary>
internal static class WalkOverKills
{
    private const string Section =
        "deployment: { alpha: 0.01, stages: [{ stage: shadow, share: 1, min_requests: 10 }, { stage: canary, share: 0.5, min_thumbs: 20 }, { stage: full, min_requests: 100000 }] }";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<bool> RunAsync(ProofFolder folder, CancellationToken cancellationToken)
    {
        var world = await World.TinyAsync(folder.Below("walk"), cancellationToken);
        await File.AppendAllTextAsync(Path.Combine(world.Pipelines, world.Pipeline, "pipeline.yaml"), $"\n{Section}\n", cancellationToken);
        await using var deployment = Deployment.Embedded(folder.Below("walk-state"), world.Pipelines);
        await deployment.StartAsync(cancellationToken);
        await deployment.CrownAsync(world, cancellationToken);
        var report = await deployment.Client.PushAsync(world.Pipeline, world.Batches[0].Name, world.Batches[0].Content, null, cancellationToken);
        var run = await deployment.Client.WaitForBatchAsync(world.Pipeline, report.Text("batchId"), Limit, cancellationToken);
        if (run.Text("decision") != "promote")
        {
            Console.WriteLine($"Walk: the gate did not promote: {run.Text("reason")}");
            return false;
        }

        var crowd = new Crowd(deployment, world.Pipeline);
        var walked = new List<string>();
        var sound = true;
        foreach (var (stage, label) in ((string, string)[])[("shadow", "up"), ("canary", "up"), ("full", "down")])
        {
            await crowd.UntilAsync(stage, label: null, cancellationToken);
            for (var i = 0; i < 3; i++) await crowd.AskAsync(label, cancellationToken);
            var before = await crowd.TakenInAsync(stage == "shadow" ? 0 : 3, label, cancellationToken);
            deployment.Kill(deployment.ProcessNames);
            await deployment.StartAsync(cancellationToken);
            var after = await crowd.StandsAsync(cancellationToken);

            // What came in between the look and the kill may have been taken in since; nothing may be lost or gone back.
            sound &= before.Stage == after.Stage && after.Thumbs >= before.Thumbs;
            walked.Add(string.Create(CultureInfo.InvariantCulture, $"{stage} ({before.Thumbs} thumbs before the kill, {after.Thumbs} after)"));
            await crowd.UntilAsync(stage switch { "shadow" => "canary", "canary" => "full", _ => "rolled-back" }, label, cancellationToken);
        }

        var end = await crowd.DeploymentAsync(cancellationToken);
        var champion = await deployment.Client.ChampionAsync(world.Pipeline, cancellationToken);
        var restored = champion.Text("version") == "3" && champion.Text("cause") == "live-rules" && champion.GetProperty("champion").GetProperty("adapter").ValueKind == JsonValueKind.Null;
        var audit = await deployment.Client.AuditAsync(cancellationToken);
        Console.WriteLine($"Walk: {string.Join(", ", walked)}; then {end.Text("stage")}; champion version {champion.Text("version")} by {champion.Text("cause")}; {crowd.Asked} requests and their thumbs over HTTP, {crowd.Failed} failed");
        Console.WriteLine($"      {end.Text("reason")}");
        Console.WriteLine($"      {audit.Text("sentence")}");
        return sound && restored && crowd.Failed == 0 && audit.GetProperty("whole").GetBoolean();
    }

    /// <summary>Where a deployment stands, with the thumbs that count on both sides.</summary>
    private sealed record Stands(string Stage, int Thumbs);

    /// <summary>People who ask one after the other, each another one, and give a thumb.</summary>
    private sealed class Crowd(Deployment deployment, string pipeline)
    {
        private readonly HttpClient _http = new();

        public int Asked { get; private set; }

        public int Failed { get; private set; }

        public async Task AskAsync(string? label, CancellationToken cancellationToken)
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"person {Asked++}");
            using var answer = await _http.PostAsJsonAsync(
                new Uri(deployment.UrlOf("serving"), "/v1/chat/completions"),
                new { model = pipeline, messages = new[] { new { role = "user", content = "Should I call it?" } }, max_tokens = 4, user }, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                Failed++;
                return;
            }

            if (label is null) return;
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).Text("id");
            using var thumb = await _http.PostAsJsonAsync(new Uri(deployment.UrlOf("serving"), "/v1/feedback"), new { inference_id = id, label }, cancellationToken);
            Failed += thumb.IsSuccessStatusCode ? 0 : 1;
        }

        /// <summary>Asks until the deployment is there; without a label it only waits.</summary>
        public async Task UntilAsync(string stage, string? label, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            while ((await StandsAsync(limit.Token)).Stage != stage)
            {
                if (label is not null) await AskAsync(label, limit.Token);
                await Task.Delay(20, limit.Token);
            }
        }

        /// <summary>Asks until at least so many thumbs are evidence; those before Serving has heard of the canary are none.</summary>
        public async Task<Stands> TakenInAsync(int thumbs, string label, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            while (true)
            {
                if (await StandsAsync(limit.Token) is var stands && stands.Thumbs >= thumbs) return stands;
                await AskAsync(label, limit.Token);
                await Task.Delay(100, limit.Token);
            }
        }

        public async Task<Stands> StandsAsync(CancellationToken cancellationToken)
        {
            var row = await DeploymentAsync(cancellationToken);
            if (row.ValueKind != JsonValueKind.Object) return new Stands("", 0);
            string[] counts = ["thumbsUp", "thumbsDown", "championThumbsUp", "championThumbsDown"];
            return new Stands(row.Text("stage"), counts.Sum(count => row.GetProperty(count).GetInt32()));
        }

        public async Task<JsonElement> DeploymentAsync(CancellationToken cancellationToken)
        {
            using var client = new ServerClient(deployment.UrlOf("promotion").ToString(), null);
            return (await client.GetAsync($"/v1/pipelines/{pipeline}/deployments", cancellationToken)).Items().FirstOrDefault();
        }
    }
}
