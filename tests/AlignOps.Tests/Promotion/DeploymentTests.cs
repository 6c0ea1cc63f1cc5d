using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Registry;

namespace AlignOps.Tests.Promotion;

public sealed class DeploymentTests : IAsyncLifetime
{
    private const string Hold = "/v1/pipelines/assistant/hold";
    private const string Rollback = "/v1/pipelines/assistant/rollback";
    private const string OneCanary = "{ stage: canary, share: 0.5, min_thumbs: 100000 }";

    private PromotionHost _host = null!;
    private ModelRef _champion = null!;
    private ModelRef _candidate = null!;

    public async Task InitializeAsync()
    {
        _host = await PromotionHost.StartAsync();
        _champion = await _host.CertifyAsync("first");
        _candidate = await _host.ModelAsync("second");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Deployment_AGoodCandidate_WalksThroughItsStagesOverARestartAndIsChampion()
    {
        var deployment = await BeginAsync("r-1", "{ stage: shadow, share: 0.2, min_requests: 3 }, { stage: canary, share: 0.1, min_requests: 2, min_thumbs: 4 }, { stage: full, min_requests: 2 }");

        await deployment.UntilAsync("shadow", 0.2);
        await deployment.RequestsAsync(3);
        await deployment.UntilAsync("canary", 0.1);
        Assert.Equal(1, await VersionAsync());
        await deployment.ThumbsAsync("canary", 3, down: 1);
        await deployment.ThumbsAsync("champion", 5, down: 2);
        var before = await deployment.UntilAsync(row => row.GetProperty("thumbsUp").GetInt32() == 2 && row.GetProperty("championThumbsDown").GetInt32() == 2, "five thumbs");

        await _host.RestartAsync();
        await deployment.RequestsAsync(2);
        await deployment.ThumbsAsync("canary", 1, down: 0);
        await deployment.UntilAsync("full");
        var promoted = await _host.NextAsync<ModelPromoted>();
        Assert.Equal((_candidate, 2, "gate"), (promoted.Champion, promoted.Version, promoted.Cause));
        await deployment.RequestsAsync(2);
        var settled = await deployment.UntilAsync(row => !row.GetProperty("active").GetBoolean(), "its end");

        Assert.Equal((3, 1, 3, 2), (Int(settled, "thumbsUp"), Int(settled, "thumbsDown"), Int(settled, "championThumbsUp"), Int(settled, "championThumbsDown")));
        Assert.Equal((2, "full"), (Int(settled, "version"), settled.GetProperty("stage").GetString()));
        Assert.Equal(["certified", "gate"], (await _host.QueryAsync("select cause from promotion_v_history order by version")).Select(row => (string)row.cause));
        Assert.Equal(["deployment-verifying", "deployment-shadow", "deployment-canary", "champion-gate", "deployment-full", "deployment-full"],
            (await _host.QueryAsync("select action from promotion_audit where seq > 2 order by seq")).Select(row => (string)row.action));
        Assert.True((await _host.GetAsync("/v1/audit/verify")).Body.GetProperty("whole").GetBoolean());
        Assert.Equal(100.0, before.GetProperty("bound").GetDouble(), 9);
    }

    [Fact]
    public async Task LiveRules_ACanaryThatPeopleDislike_IsRolledBackAndTheNextOneMayFollow()
    {
        var deployment = await BeginAsync("r-1", OneCanary);
        await deployment.UntilAsync("canary");

        // One person's many thumbs, one answer's many thumbs and thumbs for a model asked for by name: together one that counts.
        await deployment.ThumbsAsync("canary", 200, down: 200, person: "one grumpy person");
        await deployment.ThumbsAsync("canary", 200, down: 200, person: "one grumpy person", inference: "answer");
        await deployment.ThumbsAsync("canary", 200, down: 200, forced: 1);
        await deployment.ThumbsAsync("champion", 200, down: 0);
        var calm = await deployment.UntilAsync(row => Int(row, "championThumbsUp") == 200, "the champion's thumbs");
        Assert.Equal(("canary", 0, 1), (calm.GetProperty("stage").GetString(), Int(calm, "thumbsUp"), Int(calm, "thumbsDown")));

        await deployment.BothAsync(14, canaryDown: true, championDown: false);
        var back = await deployment.UntilAsync("rolled-back");

        Assert.StartsWith("Rolled back from canary by rule thumbs: rate of thumbs down 1 (n = ", back.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Matches(@"against the champion's 0 \(n = \d+\), e-value \d+(\.\d)? with bound 100, reached after \d+ thumbs\.$", back.GetProperty("reason").GetString());
        Assert.True(back.GetProperty("eValue").GetDouble() >= 100);
        Assert.Equal(("live-rules", 1), (back.GetProperty("decidedBy").GetString(), await VersionAsync()));
        Assert.Null((await _host.GetAsync("/v1/pipelines/assistant/champion")).Body.GetProperty("hold").GetString());

        var next = await BeginAsync("r-22", OneCanary, "third");
        await next.UntilAsync("canary");
    }

    [Fact]
    public async Task LiveRules_HarmAfterItIsFull_RestoresTheNewestChampionThatCanBeLoaded()
    {
        // Three versions; by the time of the rollback the second is gone from the disk.
        var second = await _host.CertifyAsync("another");
        var deployment = await BeginAsync("r-1", "{ stage: canary, share: 0.5 }, { stage: full, min_requests: 1000 }", champion: second);
        await deployment.UntilAsync("full");
        await _host.NextAsync<ModelPromoted>();
        foreach (var file in Directory.EnumerateFiles(_host.BlobFolder, $"*{second.Adapter![2..]}*", SearchOption.AllDirectories)) File.Delete(file);

        await deployment.RequestsAsync(60, failed: 20);
        var back = await deployment.UntilAsync("rolled-back");

        var promoted = await _host.NextAsync<ModelPromoted>();
        Assert.Equal((_champion, 4, "live-rules"), (promoted.Champion, promoted.Version, promoted.Cause));
        Assert.StartsWith("Rolled back from full by rule errors: error rate 0.333 against at most 0.02 (n = 60)", back.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("Version 2 was passed over: The adapter ", back.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (int)Assert.Single(await _host.QueryAsync("select restores from promotion_history where version = 4")).restores);
    }

    [Fact]
    public async Task LiveRules_ThumbsAfterItIsFull_AreHeldAgainstTheOldChampionsBound()
    {
        var deployment = await BeginAsync("r-1", "{ stage: canary, share: 0.5, min_thumbs: 30 }, { stage: full, min_requests: 1000 }");
        await deployment.UntilAsync("canary");
        await deployment.ThumbsAsync("champion", 60, down: 0);
        await deployment.ThumbsAsync("canary", 30, down: 0);
        await deployment.UntilAsync("full");
        await _host.NextAsync<ModelPromoted>();

        await deployment.ThumbsAsync("full", 40, down: 30);
        var back = await deployment.UntilAsync("rolled-back");

        Assert.StartsWith("Rolled back from full by rule thumbs-after: rate of thumbs down 0.75 against at most 0.", back.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((_champion, 3), ((await _host.NextAsync<ModelPromoted>()).Champion, await VersionAsync()));
    }

    [Fact]
    public async Task Hold_ByAPerson_StopsPromotionsUntilAPersonLiftsItAndOneOfTwoIsHeard()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _host.PostAsync(Hold, new { reason = $"person {i}" })));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal((409, "already-on-hold"), Fault(answer)));
        Assert.Equal((400, "reason-missing"), Fault(await _host.PostAsync(Hold, new { reason = "" })));

        var deployment = await BeginAsync("r-1", OneCanary);
        var held = await deployment.UntilAsync("on-hold");
        Assert.StartsWith("It waits: promotions are on hold since local put them on hold: person ", held.GetProperty("reason").GetString(), StringComparison.Ordinal);
        await _host.RestartAsync();
        Assert.Equal("on-hold", (await deployment.FindAsync()).GetProperty("stage").GetString());

        Assert.Equal(200, (await _host.DeleteAsync(Hold, new { reason = "over" })).Status);
        Assert.Equal((409, "no-hold"), Fault(await _host.DeleteAsync(Hold, new { reason = "over" })));
        await deployment.UntilAsync("canary");
    }

    [Fact]
    public async Task Rollback_WhileACanaryRuns_TakesItBackAndHoldsTheNextOne()
    {
        var deployment = await BeginAsync("r-1", OneCanary);
        await deployment.UntilAsync("canary");

        var rolledBack = await _host.PostAsync(Rollback, new { reason = "customers call" });
        Assert.Equal((200, 1), (rolledBack.Status, rolledBack.Body.GetProperty("version").GetInt32()));
        var back = await deployment.FindAsync();
        Assert.Equal(("rolled-back", "Rolled back from canary by local: customers call", "local"), (back.GetProperty("stage").GetString(), back.GetProperty("reason").GetString(), back.GetProperty("decidedBy").GetString()));

        var next = await BeginAsync("r-22", OneCanary, "third");
        await next.UntilAsync("on-hold");
    }

    [Fact]
    public async Task Begin_WhileAnotherIsOnItsWay_WaitsAndGivesUpWhenTheChampionMoves()
    {
        var first = await BeginAsync("r-1", OneCanary);
        await first.UntilAsync("canary");
        var second = await BeginAsync("r-22", OneCanary, "third");
        await second.UntilAsync("waiting");

        // A newer candidate takes the place of one that still waits; a new champion ends them all.
        var third = await BeginAsync("r-333", OneCanary, "fourth");
        await third.UntilAsync("waiting");
        Assert.Equal("superseded", (await second.FindAsync()).GetProperty("stage").GetString());
        await _host.CertifyAsync("fifth");
        Assert.StartsWith("champion-moved: ", (await first.UntilAsync("superseded")).GetProperty("reason").GetString(), StringComparison.Ordinal);
        await third.UntilAsync("superseded");
    }

    [Fact]
    public async Task Begin_ACandidateThatCannotBeLoaded_IsNeverRoutedTo()
    {
        _candidate = _champion with { Adapter = await _host.TreeAsync("adapter_config.json", "cut", PromotionHost.Weights()[..^1]) };
        foreach (var (run, stages) in ((string, string)[])[("r-1", OneCanary), ("r-22", "")])
        {
            var deployment = await BeginAsync(run, stages);
            var back = await deployment.UntilAsync("rolled-back");
            Assert.StartsWith("model-unusable: The adapter ", back.GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(1, await VersionAsync());
    }

    private async Task<DeploymentDriver> BeginAsync(string runId, string stages, string? name = null, ModelRef? champion = null)
    {
        var candidate = name is null ? _candidate : await _host.ModelAsync(name);
        var decided = await _host.DecideAsync(runId, candidate, champion ?? _champion, gate: DeploymentDriver.Section(stages));
        Assert.Equal(GateDecision.Promote, decided.Decision);
        return new DeploymentDriver(_host, runId, candidate, champion ?? _champion);
    }

    private async Task<int> VersionAsync() => (await _host.GetAsync("/v1/pipelines/assistant/champion")).Body.GetProperty("version").GetInt32();

    private static int Int(JsonElement row, string property) => row.GetProperty(property).GetInt32();

    private static (int, string?) Fault((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("code").GetString());
}
