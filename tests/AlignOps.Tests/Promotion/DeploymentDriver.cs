using System.Text.Json;
using AlignOps.Contracts;

namespace AlignOps.Tests.Promotion;

/// <summary>Plays Serving and its users to a deployment: answers on record, thumbs, and waiting for what comes of them.</summary>
internal sealed class DeploymentDriver(PromotionHost host, string runId, ModelRef candidate, ModelRef champion)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private int _count;

    /// <summary>Ends the gate's section and opens the deployment's; the template closes it.</summary>
    public static string Section(string stages, string more = "") => $" }}\ndeployment: {{ stages: [{stages}]{more}";

    public Task RequestsAsync(int count, int failed = 0) => host.ExecuteAsync(
        "insert into serving_v_inferences values (@Id, @runId, @Checkpoint, @Adapter, @at, 5, @Failed)",
        Enumerable.Range(0, count).Select(i => new { Id = $"{runId} {_count++}", runId, candidate.Checkpoint, candidate.Adapter, at = Now(), Failed = i < failed ? 1 : 0 }));

    public Task ThumbsAsync(string role, int count, int down, string? person = null, string? inference = null, int forced = 0)
    {
        var model = role == "champion" ? champion : candidate;
        return host.ExecuteAsync(
            "insert into serving_v_feedback values (@Id, @Inference, @Person, @Role, @Checkpoint, @Adapter, @runId, @Label, @forced, @at)",
            Enumerable.Range(0, count).Select(i =>
            {
                var id = $"{runId} {_count++:0000000}";
                return new { Id = id, Inference = inference ?? id, Person = person ?? id, Role = role == "full" ? "champion" : role, model.Checkpoint, model.Adapter, runId, Label = i < down ? "down" : "up", forced, at = Now() };
            }));
    }

    /// <summary>Thumbs of both sides in turn.</summary>
    public async Task BothAsync(int blocks, bool canaryDown, bool championDown)
    {
        for (var i = 0; i < blocks; i++)
        {
            await ThumbsAsync("canary", 1, canaryDown ? 1 : 0);
            await ThumbsAsync("champion", 1, championDown ? 1 : 0);
        }
    }

    public Task<JsonElement> UntilAsync(string stage, double? share = null) => UntilAsync(
        deployment => deployment.GetProperty("stage").GetString() == stage && (share is null || Math.Abs(deployment.GetProperty("share").GetDouble() - share.Value) < 1e-9), $"stage {stage}");

    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> condition, string what)
    {
        var until = DateTimeOffset.UtcNow + Limit;
        while (true)
        {
            var deployment = await FindAsync();
            if (deployment.ValueKind == JsonValueKind.Object && condition(deployment)) return deployment;
            Assert.True(DateTimeOffset.UtcNow < until, $"{runId} does not reach {what}: {deployment}");
            await Task.Delay(20);
        }
    }

    public async Task<JsonElement> FindAsync() => (await host.GetAsync($"/v1/pipelines/{PromotionHost.Pipeline}/deployments")).Body.EnumerateArray()
        .FirstOrDefault(deployment => deployment.GetProperty("runId").GetString() == runId);

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
