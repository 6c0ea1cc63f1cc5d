using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Pipelines.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Pipelines;

public class ReconcilerTests
{
    [Fact]
    public async Task Sweep_CommandLost_SendsTheSameMessageAgainAndSaysSo()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        var lost = Assert.Single(await loop.TakeOutboxAsync());

        await loop.Reconciler.SweepAsync(default);
        Assert.Empty(await loop.TakeOutboxAsync());

        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);
        var again = Assert.Single(await loop.TakeOutboxAsync());
        Assert.Equivalent(lost, again);
        var run = Assert.Single(await loop.RunsAsync());
        Assert.Equal(["started", "resent"], (await loop.Queries.RunAsync(run.RunId, default))!.Events.Select(line => line.Kind));
    }

    [Fact]
    public async Task Sweep_StillNoTrace_WaitsLongerEachTime()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        await loop.TakeOutboxAsync();
        var resent = 0;
        for (var second = 0; second < 300; second += 5)
        {
            Later(loop, 5);
            await loop.Reconciler.SweepAsync(default);
            resent += (await loop.TakeOutboxAsync()).Count;
        }

        Assert.InRange(resent, 3, 5);
    }

    [Fact]
    public async Task Sweep_CommandInTheOutboxOrJobUnderWay_LeavesTheRunAlone()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        Later(loop, 60);
        await loop.Reconciler.SweepAsync(default);
        Assert.Single(await loop.TakeOutboxAsync());

        var run = Assert.Single(await loop.RunsAsync()).RunId;
        await loop.ExecuteAsync(
            """
            insert into platform_job (job_id, kind, job_key, run_id, payload, state, lease_until, fence, attempt, failures, losses, not_before, fraction, created_at)
            values ('j-1', 'intake.build', @run, @run, '{}', 'running', 0, 1, 1, 0, 0, 0, 0, 0)
            """,
            new { run });
        Later(loop, 60);
        await loop.Reconciler.SweepAsync(default);
        Assert.Empty(await loop.TakeOutboxAsync());
    }

    [Fact]
    public async Task Sweep_HandlerGaveUpOnTheCommand_FailsTheRunWithItsError()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        await loop.TakeOutboxAsync();
        var run = Assert.Single(await loop.RunsAsync()).RunId;
        await loop.ExecuteAsync(
            """
            insert into platform_dead_letter (message_id, consumer, entity, body, deliveries, error, dead_at)
            values ('m', 'intake', 'alignops.build-dataset', @body, 5, @error, 0)
            """,
            new { body = $$"""{"runId":"{{run}}"}""", error = "System.IO.IOException: disk full\n   at Somewhere" });

        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);

        Assert.Equal("failed", Assert.Single(await loop.RunsAsync()).State);
        Assert.Contains("handler-failed: System.IO.IOException: disk full", (await loop.BatchAsync(batch)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_BatchOnIntakesRecordOnly_TakesItInOnce()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.ExecuteAsync(
            "insert into intake_v_batches (batch_id, pipeline, content_hash, pushed_by, pushed_at, accepted) values ('b-lost', 'support', 'h', 'product', @at, 12)",
            new { at = loop.Clock.GetUtcNow().ToUnixTimeMilliseconds() });
        await loop.Reconciler.SweepAsync(default);
        Assert.Empty(await loop.RunsAsync());

        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);
        await loop.Reconciler.SweepAsync(default);

        Assert.Equal("b-lost", Assert.Single(await loop.RunsAsync()).TriggerRef);
        Assert.Equal("in-run", (await loop.BatchAsync("b-lost")).State);
    }

    [Fact]
    public async Task Sweep_ChampionCameUnannounced_StartsWhatWaits()
    {
        await using var loop = await LoopDriver.CreateAsync();
        var batch = await loop.PushAsync();
        await loop.PromoteAsync(1);

        await loop.Reconciler.SweepAsync(default);

        Assert.Equal("in-run", (await loop.BatchAsync(batch)).State);
    }

    [Fact]
    public async Task Sweep_AwaitingApproval_NeitherResendsNorStartsOthers()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        loop.Gate = _ => GateDecision.AwaitingApproval;
        await loop.PumpAsync();
        Later(loop, 3600);
        await loop.Reconciler.SweepAsync(default);
        Assert.Empty(await loop.TakeOutboxAsync());

        var run = Assert.Single(await loop.RunsAsync());
        Assert.Equal("awaiting-approval", run.State);
        await loop.DeliverAsync(new GateDecided(run.RunId, LoopDriver.Pipeline, GateDecision.Promote, "approved by ops", "record", 0.7, 0.6, 120));
        Assert.Equal("promoted", Assert.Single(await loop.RunsAsync()).State);
    }

    [Fact]
    public async Task Sweep_AwaitingApprovalAndTheAnswerWasLost_TakesTheDecisionOnRecord()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        loop.Gate = _ => GateDecision.AwaitingApproval;
        await loop.PumpAsync();
        var run = Assert.Single(await loop.RunsAsync());
        await loop.ExecuteAsync("insert into promotion_v_gates values (@RunId, 'awaiting-approval', 'approval', 'asked', 'record', 0.7, 0.6, 120)", new { run.RunId });
        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);
        Assert.Equal("awaiting-approval", Assert.Single(await loop.RunsAsync()).State);

        await loop.ExecuteAsync("update promotion_v_gates set decision = 'reject', code = 'rejected-by-person', reason = 'no' where run_id = @RunId", new { run.RunId });
        Later(loop, 3600);
        await loop.Reconciler.SweepAsync(default);

        Assert.Equal(("rejected", "no"), (Assert.Single(await loop.RunsAsync()) is var ended ? (ended.State, ended.Reason) : default));
    }

    [Fact]
    public async Task Sweep_DecisionOnRecordAndItsEventDead_TakesTheDecision()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        var reply = loop.Reply;
        loop.Reply = command => command is DecideGate ? null : reply(command);
        await loop.PumpAsync();
        var run = Assert.Single(await loop.RunsAsync());
        Assert.Equal("deciding", run.State);
        await loop.ExecuteAsync("insert into promotion_v_gates values (@RunId, 'promote', 'better', 'on record', 'record', 0.7, 0.6, 120)", new { run.RunId });
        await loop.ExecuteAsync(
            "insert into platform_dead_letter (message_id, consumer, entity, body, deliveries, error, dead_at) values ('m', 'pipelines', 'alignops.gate-decided', @body, 5, 'boom', 0)",
            new { body = $$"""{"runId":"{{run.RunId}}"}""" });

        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);

        var ended = Assert.Single(await loop.RunsAsync());
        Assert.Equal(("promoted", "on record"), (ended.State, ended.Reason));
        Assert.Equal("learned", (await loop.BatchAsync(batch)).State);
    }

    [Fact]
    public async Task Sweep_AnswerOfAJobLost_SendsItAgainAndTheRunGoesOn()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        await loop.TakeOutboxAsync();
        var run = Assert.Single(await loop.RunsAsync()).RunId;
        var store = loop.Services.GetRequiredService<JobStore>();
        await loop.Database.WriteAsync((work, token) => loop.Services.GetRequiredService<IJobQueue>().EnqueueAsync(work, "intake.dataset", $"{run}/0", run, "{}", token), default);
        var job = await store.ClaimAsync(["intake.dataset"], default);
        await store.CompleteAsync(job!, new JobResult("built", (work, token) => work.PublishAsync(new DatasetPublished(run, "plain", false, 100, 10, 0), $"{run}/published", token)), default);
        Assert.IsType<DatasetPublished>(Assert.Single(await loop.TakeOutboxAsync()));

        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);

        await loop.PumpAsync();
        Assert.Equal("promoted", Assert.Single(await loop.RunsAsync()).State);
    }

    [Fact]
    public async Task Sweep_OneRunCannotBeLookedAt_StillLooksAtTheOthers()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        var at = loop.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await loop.ExecuteAsync("create trigger refuse before insert on pipelines_batch when new.batch_id = 'b-bad' begin select raise(abort, 'no'); end");
        await loop.ExecuteAsync(
            """
            insert into intake_v_batches (batch_id, pipeline, content_hash, pushed_by, pushed_at, accepted)
            values ('b-bad', 'support', 'h', 'product', @at, 12), ('b-good', 'support', 'h', 'product', @at, 12), ('b-none', 'support', 'h', 'product', @at, 0)
            """,
            new { at });

        Later(loop, 16);
        await loop.Reconciler.SweepAsync(default);

        Assert.Equal("in-run", (await loop.BatchAsync("b-good")).State);
        Assert.StartsWith("no-accepted-rows", (await loop.BatchAsync("b-none")).Reason, StringComparison.Ordinal);
    }

    private static void Later(LoopDriver loop, int seconds) => loop.Clock.Set(loop.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds));
}
