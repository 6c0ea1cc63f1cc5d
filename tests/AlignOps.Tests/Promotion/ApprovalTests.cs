using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Access;
using AlignOps.Promotion.Approvals;

namespace AlignOps.Tests.Promotion;

public sealed class ApprovalTests : IAsyncLifetime
{
    private PromotionHost _host = null!;
    private IReadOnlyDictionary<string, string> _keys = null!;
    private ModelRef _champion = null!;
    private ModelRef _candidate = null!;

    public async Task InitializeAsync()
    {
        _host = await PromotionHost.StartAsync();
        _keys = await _host.PeopleAsync(("alice", AccessRole.Ops), ("bob", AccessRole.Ops), ("carol", AccessRole.Admin), ("paul", AccessRole.Product), ("pia", AccessRole.Ops));
        await _host.ExecuteAsync("insert into intake_v_batches (batch_id, pushed_by) values ('b-1', 'pia')");
        _champion = await _host.CertifyAsync("first");
        _candidate = await _host.ModelAsync("second");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Approve_AsManyAsTheRuleAsks_PromotesWithWhoWhenAndWhyOnRecord()
    {
        var asked = await AskAsync("2 of ops");
        Assert.Equal((GateDecision.AwaitingApproval, "approval"), (asked.Decision, asked.Code));
        Assert.StartsWith("Awaiting approval: 2 approvals of ops are needed within 7 days", asked.Reason, StringComparison.Ordinal);
        Assert.Equal(1, await VersionAsync());

        Assert.Equal((403, "role-too-low"), Fault(await AnswerAsync("paul", "approve")));
        Assert.Equal((403, "own-batch"), Fault(await AnswerAsync("pia", "approve")));
        Assert.Equal((400, "reason-missing"), Fault(await _host.PostAsAsync(_keys["alice"], "/v1/runs/r-1/approve", new { reason = " " })));
        var first = await AnswerAsync("alice", "approve");
        Assert.Equal(("awaiting", 1), (first.Body.GetProperty("state").GetString(), first.Body.GetProperty("given").GetInt32()));
        Assert.Equal((409, "already-approved"), Fault(await AnswerAsync("alice", "approve")));
        Assert.Equal(1, await VersionAsync());

        var last = await AnswerAsync("carol", "approve");
        Assert.Equal((200, "approved"), (last.Status, last.Body.GetProperty("state").GetString()));
        var decided = await _host.NextAsync<GateDecided>();
        var promoted = await _host.NextAsync<ModelPromoted>();

        Assert.Equal((GateDecision.Promote, "approved"), (decided.Decision, decided.Code));
        Assert.StartsWith("Promoted: approved by alice, carol; win rate against the champion is", decided.Reason, StringComparison.Ordinal);
        Assert.Equal((_candidate, 2), (promoted.Champion, promoted.Version));
        var gate = (await _host.GetAsync("/v1/runs/r-1/gate")).Body;
        Assert.Equal((decided.RecordDigest, "carol"), (gate.GetProperty("recordDigest").GetString(), gate.GetProperty("decidedBy").GetString()));
        Assert.Equal(["alice approve: alice says approve", "carol approve: carol says approve"], gate.GetProperty("record").GetProperty("approvals").EnumerateArray()
            .Select(vote => $"{vote.GetProperty("person").GetString()} {vote.GetProperty("answer").GetString()}: {vote.GetProperty("reason").GetString()}"));
        Assert.Equal("pass", gate.GetProperty("record").GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("name").GetString() == "approval").GetProperty("verdict").GetString());
        var row = Assert.Single(await _host.QueryAsync("select * from promotion_v_approvals"));
        Assert.Equal(("r-1", "approved", 2L, 2L, "alice, carol"), ((string)row.run_id, (string)row.state, (long)row.needed, (long)row.given, (string)row.approved_by));
        Assert.Equal(["run-approved alice", "run-approved carol", "approval-approved carol", "champion-gate carol"],
            (await _host.QueryAsync("select action, actor from promotion_audit where seq > 2 order by seq")).Select(entry => $"{entry.action} {entry.actor}"));
        Assert.True((await _host.GetAsync("/v1/audit/verify")).Body.GetProperty("whole").GetBoolean());
        Assert.Equal((409, "already-decided"), Fault(await AnswerAsync("bob", "approve")));
    }

    [Fact]
    public async Task Reject_ByOnePerson_RejectsAndNoApprovalCountsAfterwards()
    {
        await AskAsync("2 of ops");
        await AnswerAsync("alice", "approve");

        // Who pushed may not promote what they fed, but may take it back.
        Assert.Equal(200, (await AnswerAsync("pia", "reject")).Status);

        var decided = await _host.NextAsync<GateDecided>();
        Assert.Equal((GateDecision.Reject, GateDecided.RejectedByPerson, "Rejected by pia: pia says reject"), (decided.Decision, decided.Code, decided.Reason));
        Assert.Equal((409, "already-decided"), Fault(await AnswerAsync("bob", "approve")));
        Assert.Equal(1, await VersionAsync());
    }

    [Fact]
    public async Task Approve_AfterExpiry_IsRefusedAndTheRunIsInconclusive()
    {
        await AskAsync("1 of ops");
        await _host.ExecuteAsync("update promotion_approval set expires_at = 1");

        Assert.Equal((409, "approval-expired"), Fault(await AnswerAsync("alice", "approve")));

        var decided = await _host.NextAsync<GateDecided>();
        Assert.Equal((GateDecision.Inconclusive, "approval-expired"), (decided.Decision, decided.Code));
        Assert.Contains("nobody gave one", decided.Reason, StringComparison.Ordinal);
        Assert.Equal((409, "approval-expired"), Fault(await AnswerAsync("bob", "approve")));
        Assert.Equal(1, await VersionAsync());
    }

    [Fact]
    public async Task Sweep_NobodyAnswersInTime_EndsInconclusive()
    {
        await AskAsync("1 of ops");
        await _host.SweepApprovalsAsync();
        Assert.Equal("awaiting", (string)Assert.Single(await _host.QueryAsync("select state from promotion_v_approvals")).state);

        await _host.ExecuteAsync("update promotion_approval set expires_at = 1");
        await _host.SweepApprovalsAsync();

        Assert.Equal((GateDecision.Inconclusive, "approval-expired"), Decided(await _host.NextAsync<GateDecided>()));
        Assert.Equal("inconclusive", (string)Assert.Single(await _host.QueryAsync("select decision from promotion_v_gates")).decision);
    }

    [Fact]
    public async Task Approve_ForAChampionSinceReplaced_IsRefused()
    {
        await AskAsync("1 of ops");
        await _host.CertifyAsync("another");

        Assert.Equal((409, "champion-moved"), Fault(await AnswerAsync("alice", "approve")));

        Assert.Equal((GateDecision.Inconclusive, GateDecided.ChampionMoved), Decided(await _host.NextAsync<GateDecided>()));
        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task Approve_WhilePromotionsAreHeld_IsRefusedUntilTheHoldIsLifted()
    {
        await AskAsync("1 of ops");
        await _host.ExecuteAsync("update promotion_champion set held_by = 'bob', held_reason = 'an incident'");
        Assert.Equal((409, "on-hold"), Fault(await AnswerAsync("alice", "approve")));

        Assert.Equal(200, (await _host.PostAsync("/v1/pipelines/assistant/hold/release", new { reason = "over" })).Status);
        Assert.Equal(200, (await AnswerAsync("alice", "approve")).Status);
        Assert.Equal(2, await VersionAsync());
    }

    [Fact]
    public async Task Answers_ManyAtOnce_OneIsHeardAndTheOthersAreTold()
    {
        var people = Enumerable.Range(0, 8).Select(i => $"p{i}").ToArray();
        var keys = await _host.PeopleAsync([.. people.Select(name => (name, AccessRole.Ops))]);
        await AskAsync("1 of ops");

        var answers = await Task.WhenAll(people.Select((name, i) => _host.PostAsAsync(keys[name], $"/v1/runs/r-1/{(i % 2 == 0 ? "approve" : "reject")}", new { reason = name })));

        var heard = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Equal((409, "already-decided"), Fault(answer)));
        var promoted = heard.Body.GetProperty("state").GetString() == "approved";
        Assert.Equal(promoted ? GateDecision.Promote : GateDecision.Reject, (await _host.NextAsync<GateDecided>()).Decision);
        Assert.Equal(promoted ? 2 : 1, await VersionAsync());
    }

    [Fact]
    public async Task Approve_ARunThatNobodyIsAskedAbout_IsNotFound()
    {
        Assert.Equal((404, "no-approval"), Fault(await AnswerAsync("alice", "approve")));
        Assert.Equal((404, "no-approval"), Fault(await _host.GetAsync("/v1/runs/r-1/approval")));
    }

    [Fact]
    public async Task Gate_WithoutProof_AsksNobody()
    {
        var decided = await _host.DecideAsync("r-1", _candidate, _champion, better: 0.4, gate: ", approval: 1 of ops");
        Assert.Equal(GateDecision.Inconclusive, decided.Decision);
        Assert.Empty(await _host.QueryAsync("select * from promotion_v_approvals"));
    }

    [Theory]
    [InlineData("1 of ops", 1, AccessRole.Ops)]
    [InlineData("9 of product", 9, AccessRole.Product)]
    [InlineData("2 of admin", 2, AccessRole.Admin)]
    public void Parse_NOfRole_IsRead(string text, int needed, AccessRole role) => Assert.Equal(new ApprovalRequirement(needed, role), ApprovalRequirement.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0 of ops")]
    [InlineData("10 of ops")]
    [InlineData("1 of Ops ")]
    [InlineData("1 of owner")]
    [InlineData("ops")]
    [InlineData("1 of 1")]
    public void Parse_AnythingElse_IsRefused(string text) => Assert.Null(ApprovalRequirement.Parse(text));

    private Task<GateDecided> AskAsync(string approval) => _host.DecideAsync("r-1", _candidate, _champion, gate: $", approval: {approval}");

    private Task<(int Status, JsonElement Body)> AnswerAsync(string person, string verb) =>
        _host.PostAsAsync(_keys[person], $"/v1/runs/r-1/{verb}", new { reason = $"{person} says {verb}" });

    private async Task<int> VersionAsync() => (await _host.GetAsync("/v1/pipelines/assistant/champion")).Body.GetProperty("version").GetInt32();

    private static (GateDecision, string?) Decided(GateDecided decided) => (decided.Decision, decided.Code);

    private static (int, string?) Fault((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("code").GetString());
}
