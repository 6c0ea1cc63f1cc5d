using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Registry;
using AlignOps.Platform.Blobs;

namespace AlignOps.Tests.Promotion;

public sealed class PromotionServiceTests : IAsyncLifetime
{
    private PromotionHost _host = null!;

    public async Task InitializeAsync() => _host = await PromotionHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Certify_AModelThatIsWhole_BecomesChampionAndAnchorOnRecordOnce()
    {
        var model = await _host.CertifyAsync("first");
        var again = await _host.PostAsync("/v1/pipelines/assistant/champion", new { model.Checkpoint, model.Adapter, reason = "again" });

        Assert.Equal((200, 1, "local", "certified"), (again.Status, again.Body.GetProperty("version").GetInt32(), Text(again, "decidedBy"), Text(again, "cause")));
        var champion = Assert.Single(await _host.QueryAsync("select * from promotion_v_champions"));
        Assert.Equal((model.Adapter, model.Adapter), ((string)champion.adapter, (string)champion.anchor_adapter));
        Assert.Single((await _host.GetAsync("/v1/pipelines/assistant/history")).Body.EnumerateArray());
    }

    [Fact]
    public async Task Certify_AModelThatIsNotThereOrNotWhole_IsRefused()
    {
        var sound = await _host.TreeAsync("config.json", "base");
        (string Checkpoint, string? Adapter)[] broken =
        [
            (new string('0', 64), null),
            ("nonsense", null),
            (sound, new string('0', 64)),
            (await _host.TreeAsync("other.json", "base"), null),
            (await _host.TreeAsync("config.json", "base", PromotionHost.Weights()[..^1]), null),
            (await _host.TreeAsync("config.json", "base", [1, 2, 3]), null),
            (await _host.TreeAsync("config.json", "base", [.. BitConverter.GetBytes(2L), (byte)'{', (byte)'!']), null),
        ];
        foreach (var (checkpoint, adapter) in broken)
        {
            var answer = await _host.PostAsync("/v1/pipelines/assistant/champion", new { checkpoint, adapter, reason = "r" });
            Assert.Equal((422, "model-unusable"), (answer.Status, Text(answer, "code")));
        }

        Assert.Equal((400, "reason-missing"), Fault(await _host.PostAsync("/v1/pipelines/assistant/champion", new { checkpoint = sound })));
        Assert.Equal((400, "checkpoint-missing"), Fault(await _host.PostAsync("/v1/pipelines/assistant/champion", new { reason = "r" })));
        Assert.Equal((400, "bad-pipeline-name"), Fault(await _host.PostAsync("/v1/pipelines/No%20Name/champion", new { checkpoint = sound, reason = "r" })));
        Assert.Equal((404, "no-champion"), Fault(await _host.GetAsync("/v1/pipelines/assistant/champion")));
    }

    [Fact]
    public async Task DecideGate_AGoodCandidate_IsPromotedAndTheRecordCanBeRead()
    {
        var champion = await _host.CertifyAsync("first");
        var candidate = await _host.ModelAsync("second");

        var decided = await _host.DecideAsync("r-1", candidate, champion);
        var promoted = await _host.NextAsync<ModelPromoted>();

        Assert.Equal(GateDecision.Promote, decided.Decision);
        Assert.Equal((candidate, 2, "gate"), (promoted.Champion, promoted.Version, promoted.Cause));
        var now = Assert.Single(await _host.QueryAsync("select * from promotion_v_champions"));
        Assert.Equal((candidate.Adapter, champion.Adapter, "gate"), ((string)now.adapter, (string)now.anchor_adapter, (string)now.decided_by));

        var gate = await _host.GetAsync("/v1/runs/r-1/gate");
        Assert.Equal("promote", gate.Body.GetProperty("record").GetProperty("decision").GetString());
        Assert.Equal(25, gate.Body.GetProperty("record").GetProperty("policy").GetProperty("minItems").GetInt32());
        Assert.True(await _host.Blobs.ExistsAsync(decided.RecordDigest, CancellationToken.None));
        Assert.Equal((404, "no-gate"), Fault(await _host.GetAsync("/v1/runs/r-2/gate")));
        var row = Assert.Single(await _host.QueryAsync("select * from promotion_v_gates"));
        Assert.Equal((decided.RecordDigest, decided.Reason, decided.WinRate), ((string)row.record_digest, (string)row.reason, (double)row.win_rate));
    }

    [Fact]
    public async Task DecideGate_RunThatHasEnded_PromotesNothing()
    {
        var champion = await _host.CertifyAsync("first");
        await _host.ExecuteAsync("insert into pipelines_v_runs (run_id, state) values ('r-1', 'failed'), ('r-22', 'deciding')");

        await _host.AskGateAsync("r-1", await _host.ModelAsync("second"), champion);
        var decided = await _host.DecideAsync("r-22", await _host.ModelAsync("third"), champion);

        Assert.Equal(("r-22", GateDecision.Promote, "better"), (decided.RunId, decided.Decision, decided.Code));
        Assert.Equal("r-22", (string)Assert.Single(await _host.QueryAsync("select run_id from promotion_v_gates")).run_id);
        Assert.Equal(2, (await _host.GetAsync("/v1/pipelines/assistant/champion")).Body.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task DecideGate_AskedAgain_AnswersTheSameAndChangesNothing()
    {
        var champion = await _host.CertifyAsync("first");
        var candidate = await _host.ModelAsync("second");
        var first = await _host.DecideAsync("r-1", candidate, champion);
        await _host.NextAsync<ModelPromoted>();

        // The same event under the same key reaches nobody twice, so a run of its own tells that the repeated command is done.
        await _host.AskGateAsync("r-1", candidate, champion, key: "again");
        var other = await _host.DecideAsync("r-22", candidate, champion, better: 0.4);

        Assert.Equal(("r-1", GateDecision.Promote, "r-22"), (first.RunId, first.Decision, other.RunId));
        Assert.Equal(2, (await _host.GetAsync("/v1/pipelines/assistant/history")).Body.GetArrayLength());
    }

    [Fact]
    public async Task DecideGate_WhenTheChampionMoved_DoesNotPromote()
    {
        var compared = await _host.CertifyAsync("first");
        await _host.CertifyAsync("second");

        var decided = await _host.DecideAsync("r-1", await _host.ModelAsync("third"), compared);

        Assert.Equal(GateDecision.Inconclusive, decided.Decision);
        Assert.Contains("the candidate was compared with", decided.Reason, StringComparison.Ordinal);
        Assert.Equal("champion-moved", (string)Assert.Single(await _host.QueryAsync("select code from promotion_gate")).code);
    }

    [Fact]
    public async Task DecideGate_WithoutEvidence_IsInconclusive()
    {
        var champion = await _host.CertifyAsync("first");
        var decided = await _host.DecideAsync("r-1", await _host.ModelAsync("second"), champion, withEvidence: false);
        Assert.Equal((GateDecision.Inconclusive, 0, 0.0), (decided.Decision, decided.Items, decided.WinRate));
    }

    [Fact]
    public async Task Rollback_BringsTheLastChampionBackAndHoldsPromotionsUntilReleased()
    {
        var first = await _host.CertifyAsync("first");
        await _host.DecideAsync("r-1", await _host.ModelAsync("second"), first);
        await _host.NextAsync<ModelPromoted>();

        Assert.Equal((400, "reason-missing"), Fault(await _host.PostAsync("/v1/pipelines/assistant/rollback", new { reason = " " })));
        var rolledBack = await _host.PostAsync("/v1/pipelines/assistant/rollback", new { reason = "rude answers" });
        Assert.Equal((200, 3, "rollback"), (rolledBack.Status, rolledBack.Body.GetProperty("version").GetInt32(), Text(rolledBack, "cause")));
        var back = await _host.NextAsync<ModelPromoted>();
        Assert.Equal((first, 3), (back.Champion, back.Version));

        var third = await _host.ModelAsync("third");
        var held = await _host.DecideAsync("r-2", third, first);
        Assert.Equal(GateDecision.Promote, held.Decision);
        Assert.Contains("on hold since local rolled back: rude answers", held.Reason, StringComparison.Ordinal);
        Assert.Equal("on-hold", (string)Assert.Single(await _host.QueryAsync("select stage from promotion_v_deployments where run_id = 'r-2'")).stage);
        Assert.Equal(3, (await _host.GetAsync("/v1/pipelines/assistant/champion")).Body.GetProperty("version").GetInt32());

        Assert.Equal(200, (await _host.PostAsync("/v1/pipelines/assistant/hold/release", new { reason = "fixed" })).Status);
        Assert.Equal((409, "no-hold"), Fault(await _host.PostAsync("/v1/pipelines/assistant/hold/release", new { reason = "fixed" })));
        var let = await _host.NextAsync<ModelPromoted>();
        Assert.Equal((third, 4, "gate"), (let.Champion, let.Version, let.Cause));
    }

    [Fact]
    public async Task Rollback_Again_GoesFurtherBackAndNeverForward()
    {
        foreach (var name in (string[])["first", "second", "third"]) await _host.CertifyAsync(name);

        Assert.Equal("second", await RolledBackToAsync(new { reason = "r" }));
        Assert.Equal("first", await RolledBackToAsync(new { reason = "r" }));
        Assert.Equal((409, "nothing-before"), Fault(await _host.PostAsync("/v1/pipelines/assistant/rollback", new { reason = "r" })));
        Assert.Equal((404, "unknown-version"), Fault(await _host.PostAsync("/v1/pipelines/assistant/rollback", new { reason = "r", toVersion = 9 })));
        Assert.Equal((409, "already-champion"), Fault(await _host.PostAsync("/v1/pipelines/assistant/rollback", new { reason = "r", toVersion = 1 })));
        Assert.Equal("third", await RolledBackToAsync(new { reason = "r", toVersion = 3 }));
        Assert.Equal([null, null, null, 2, 1, 3], (await _host.GetAsync("/v1/pipelines/assistant/history")).Body.EnumerateArray()
            .Select(entry => entry.GetProperty("restores") is { ValueKind: JsonValueKind.Number } restores ? restores.GetInt32() : (int?)null));
    }

    [Theory]
    [InlineData("update promotion_audit set actor = 'someone' where seq = 2", 2)]
    [InlineData("update promotion_audit set content = replace(content, 'second', 'third') where seq = 2", 2)]
    [InlineData("delete from promotion_audit where seq = 2", 2)]
    [InlineData("delete from promotion_audit where seq = 4", 4)]
    [InlineData("update promotion_audit set at = at + 1 where seq = 4", 4)]
    [InlineData("delete from promotion_audit_head", 1)]
    public async Task VerifyAudit_ALogThatWasTamperedWith_NamesTheEntry(string sql, int brokenAt)
    {
        foreach (var name in (string[])["first", "second", "third", "fourth"])
        {
            var model = await _host.ModelAsync(name);
            await _host.PostAsync("/v1/pipelines/assistant/champion", new { model.Checkpoint, model.Adapter, reason = name });
        }

        var whole = await _host.GetAsync("/v1/audit/verify");
        Assert.True(whole.Body.GetProperty("whole").GetBoolean());
        Assert.Equal(4, whole.Body.GetProperty("entries").GetInt32());

        await _host.ExecuteAsync(sql);
        var broken = await _host.GetAsync("/v1/audit/verify");
        Assert.False(broken.Body.GetProperty("whole").GetBoolean());
        Assert.Equal(brokenAt, broken.Body.GetProperty("brokenAt").GetInt32());
    }

    private async Task<string> RolledBackToAsync(object request)
    {
        Assert.Equal(200, (await _host.PostAsync("/v1/pipelines/assistant/rollback", request)).Status);
        var promoted = await _host.NextAsync<ModelPromoted>();
        var directory = await _host.Blobs.MaterializeAsync(promoted.Champion.Adapter!, CancellationToken.None);
        return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(directory, "adapter_config.json"))).GetProperty("name").GetString()!;
    }

    private static string? Text((int Status, JsonElement Body) answer, string property) => answer.Body.GetProperty(property).GetString();

    private static (int, string?) Fault((int Status, JsonElement Body) answer) => (answer.Status, Text(answer, "code"));
}
