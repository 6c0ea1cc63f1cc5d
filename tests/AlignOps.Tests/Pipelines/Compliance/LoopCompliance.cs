using AlignOps.Contracts;
using AlignOps.Contracts.Batches;
using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;

namespace AlignOps.Tests.Pipelines.Compliance;

/// <summary>What the loop owes on every database.</summary>
public abstract class LoopCompliance
{
    private const string Synthetic = "pipeline: support\ndescription: d\nsynthesis: { method: sampled }\n";

    private protected abstract Task<LoopDriver> CreateAsync(string yaml = "pipeline: support\n");

    [Fact]
    public async Task BatchAccepted_Champion_WalksTheLoopAndLearnsTheBatch()
    {
        await using var loop = await CreateAsync(Synthetic);
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        await loop.PumpAsync();

        var run = Assert.Single(await loop.RunsAsync());
        Assert.Equal(("promoted", "promote", "as scripted"), (run.State, run.Decision, run.Reason));
        Assert.Equal(["BuildDataset", "Synthesize", "BuildDataset", "TrainCandidate", "EvaluateCandidate", "DecideGate"], loop.Commands.Select(command => command.GetType().Name));
        Assert.Equal(("learned", run.RunId), ((await loop.BatchAsync(batch)).State, (await loop.BatchAsync(batch)).RunId));
        var detail = await loop.Queries.RunAsync(run.RunId, default);
        Assert.Equal(["started", "dataset-published", "synthesis-completed", "dataset-mixed", "candidate-trained", "candidate-evaluated", "gate-decided"], detail!.Events.Select(line => line.Kind));
        Assert.NotNull(run.EndedAt);
    }

    [Fact]
    public async Task BatchAccepted_SecondGoodBatch_StartsFromTheChampionAndReplaysTheFirst()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var first = await loop.PushAsync();
        await loop.PumpAsync();
        await loop.PromoteAsync(2);
        var second = await loop.PushAsync();
        await loop.PumpAsync();

        var build = loop.Commands.OfType<BuildDataset>().Last();
        Assert.Equal([second], build.BatchIds);
        Assert.Equal([first], build.ReplayBatchIds);
        var train = loop.Commands.OfType<TrainCandidate>().Last();
        Assert.Equal(LoopDriver.Adapter(2), train.Start.Adapter);
        Assert.Equal(train.Start, train.Reference);
    }

    [Fact]
    public async Task BatchAccepted_StartFromBase_TrainsFromTheCheckpoint()
    {
        await using var loop = await CreateAsync("pipeline: support\ntraining: { start: base }\n");
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        await loop.PumpAsync();

        var train = Assert.Single(loop.Commands.OfType<TrainCandidate>());
        Assert.Null(train.Start.Adapter);
        Assert.Equal(LoopDriver.Adapter(1), train.Reference.Adapter);
    }

    [Fact]
    public async Task BatchAccepted_DuringARun_WaitsWithTheRunNamedAndIsCoalescedIntoTheNext()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        var second = await loop.PushAsync();
        var third = await loop.PushAsync();
        var active = Assert.Single(await loop.RunsAsync()).RunId;
        Assert.StartsWith($"run-active: run {active} ", (await loop.BatchAsync(second)).Reason);

        await loop.PumpAsync();

        var runs = await loop.RunsAsync();
        Assert.Equal(2, runs.Count);
        Assert.Equal([second, third], (await loop.Queries.RunAsync(runs[1].RunId, default))!.BatchIds);
        Assert.Equal($"{second},{third}", runs[1].TriggerRef);
    }

    [Fact]
    public async Task GateDecided_RejectedTogether_RunsEachAloneOldestFirstAndHoldsOnlyTheBadOne()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        var good = await loop.PushAsync();
        var bad = await loop.PushAsync();
        var late = await loop.PushAsync();
        loop.Gate = batches => batches.Contains(bad) ? GateDecision.Reject : GateDecision.Promote;
        await loop.PumpAsync();

        var runs = await loop.RunsAsync();
        Assert.Equal(5, runs.Count);
        Assert.Equal([$"{good},{bad},{late}", $"{good}#2", $"{bad}#2", $"{late}#2"], runs.Skip(1).Select(run => run.TriggerRef));
        Assert.Equal(["promoted", "rejected", "promoted", "rejected", "promoted"], runs.Select(run => run.State));
        Assert.Equal(["learned", "held", "learned"], new[] { await loop.BatchAsync(good), await loop.BatchAsync(bad), await loop.BatchAsync(late) }.Select(batch => batch.State));
    }

    [Fact]
    public async Task HeldBatch_StaysOutOfEveryMixUntilReleased_ThenRunsAlone()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        loop.Gate = _ => GateDecision.Reject;
        var held = await loop.PushAsync();
        await loop.PumpAsync();
        loop.Gate = _ => GateDecision.Promote;
        var other = await loop.PushAsync();
        await loop.PumpAsync();
        Assert.DoesNotContain(loop.Commands.OfType<BuildDataset>().Skip(1), build => build.BatchIds.Concat(build.ReplayBatchIds).Contains(held));

        await loop.DeliverAsync(new BatchReleased(held, LoopDriver.Pipeline, "ops", "the labels were fixed"));
        await loop.PumpAsync();

        Assert.Equal("learned", (await loop.BatchAsync(held)).State);
        Assert.Equal([other], loop.Commands.OfType<BuildDataset>().Last().ReplayBatchIds);
        Assert.Equal($"{held}#2", (await loop.RunsAsync())[^1].TriggerRef);
    }

    [Fact]
    public async Task BatchReleased_Learned_ChangesNothing()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        await loop.PumpAsync();

        await loop.DeliverAsync(new BatchReleased(batch, LoopDriver.Pipeline, "ops", "again"));
        await loop.PumpAsync();

        Assert.Single(await loop.RunsAsync());
    }

    [Fact]
    public async Task BatchAccepted_NoChampion_WaitsUntilOneIsPromoted()
    {
        await using var loop = await CreateAsync();
        var batch = await loop.PushAsync();
        Assert.StartsWith("no-champion: ", (await loop.BatchAsync(batch)).Reason);
        Assert.Empty(await loop.RunsAsync());

        await loop.PromoteAsync(1);
        await loop.DeliverAsync(new ModelPromoted(LoopDriver.Pipeline, RunExamples.Champion, 1, "registered"));

        Assert.Equal("in-run", (await loop.BatchAsync(batch)).State);
    }

    [Fact]
    public async Task BatchAccepted_NothingAccepted_StartsNoRun()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync(acceptedRows: 0);

        Assert.Empty(await loop.RunsAsync());
        Assert.StartsWith("no-accepted-rows: ", (await loop.BatchAsync(batch)).Reason);
    }

    [Fact]
    public async Task StepFailed_ActiveRun_FailsItAndTheNextBatchStillRuns()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        var run = Assert.Single(await loop.RunsAsync()).RunId;
        await loop.DeliverAsync(new StepFailed(run, "intake.build", "empty-dataset", "no row carries a preference"));
        Assert.Equal(("undecided", true), ((await loop.BatchAsync(batch)).State, (await loop.BatchAsync(batch)).Reason.Contains("empty-dataset", StringComparison.Ordinal)));

        await loop.TakeOutboxAsync();
        await loop.PushAsync();
        await loop.PumpAsync();

        Assert.Equal(["failed", "promoted"], (await loop.RunsAsync()).Select(one => one.State));
    }

    [Fact]
    public async Task ScheduleFired_RetrainsOnEverythingLearnedFromTheBaseOnceAPlannedTime()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var first = await loop.PushAsync();
        await loop.PumpAsync();
        loop.Gate = _ => GateDecision.Reject;
        var held = await loop.PushAsync();
        await loop.PumpAsync();

        var fired = new ScheduleFired(LoopDriver.Pipeline, new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero));
        await loop.DeliverAsync(fired);
        await loop.DeliverAsync(fired);
        await loop.PumpAsync();
        await loop.DeliverAsync(fired);

        var run = Assert.Single(await loop.RunsAsync(), one => one.TriggerKind == "schedule");
        Assert.Equal("2026-11-22T02:00:00Z", run.TriggerRef);
        var build = loop.Commands.OfType<BuildDataset>().Last();
        Assert.Equal([first], build.BatchIds);
        Assert.Empty(build.ReplayBatchIds);
        Assert.Null(loop.Commands.OfType<TrainCandidate>().Last().Start.Adapter);
        Assert.Equal(["learned", "held"], new[] { await loop.BatchAsync(first), await loop.BatchAsync(held) }.Select(batch => batch.State));
    }

    [Fact]
    public async Task ScheduleFired_NothingLearnedOrNoChampion_SaysSo()
    {
        await using var loop = await CreateAsync();
        await loop.DeliverAsync(new ScheduleFired(LoopDriver.Pipeline, new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero)));
        Assert.Empty(await loop.RunsAsync());

        await loop.PromoteAsync(1);
        await loop.DeliverAsync(new ScheduleFired(LoopDriver.Pipeline, new DateTimeOffset(2026, 11, 29, 2, 0, 0, TimeSpan.Zero)));

        var run = Assert.Single(await loop.RunsAsync());
        Assert.Equal("inconclusive", run.State);
        Assert.StartsWith("nothing-learned: ", run.Reason);
    }

    [Fact]
    public async Task RunRequested_DuringARun_WaitsForItsTurnAndRunsOnce()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        await loop.DeliverAsync(new RunRequested(LoopDriver.Pipeline, "q-1", "ops"));
        Assert.Single(await loop.RunsAsync());

        await loop.PumpAsync();
        await loop.DeliverAsync(new RunRequested(LoopDriver.Pipeline, "q-1", "ops"));
        await loop.PumpAsync();

        Assert.Equal(["batch", "request"], (await loop.RunsAsync()).Select(run => run.TriggerKind));
    }

    [Fact]
    public async Task ModelPromoted_ARollback_HoldsWhatTheLostChampionsHadLearnedAndReplaysItNoMore()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        await loop.RecordVersionAsync(1, null);
        var kept = await loop.LearnAsync(2);
        var lost = await loop.LearnAsync(3);
        var alsoLost = await loop.LearnAsync(4);

        await loop.RecordVersionAsync(5, null, restores: 2);
        await loop.PromoteAsync(5);
        await loop.DeliverAsync(new ModelPromoted(LoopDriver.Pipeline, RunExamples.Champion, 5, "rollback"));

        Assert.Equal(["learned", "held", "held"], await loop.StatesAsync(kept, lost, alsoLost));
        Assert.StartsWith("rolled-back: the model of run r-", (await loop.BatchAsync(lost)).Reason);
        Assert.Contains("by ops, to version 2: rude", (await loop.BatchAsync(lost)).Reason, StringComparison.Ordinal);
        var next = await loop.PushAsync();
        await loop.PumpAsync();
        var build = loop.Commands.OfType<BuildDataset>().Last();
        Assert.Equal([next], build.BatchIds);
        Assert.Equal([kept], build.ReplayBatchIds);

        await loop.DeliverAsync(new BatchReleased(lost, LoopDriver.Pipeline, "ops", "it was the other one"));
        await loop.PumpAsync();
        Assert.Equal(["learned", "learned", "held"], await loop.StatesAsync(kept, lost, alsoLost));
    }

    [Fact]
    public async Task ModelPromoted_APersonGoesForwardAgain_LearnsTheBatchesAgain()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        await loop.RecordVersionAsync(1, null);
        var batch = await loop.LearnAsync(2);
        await loop.RecordVersionAsync(3, null, restores: 1);
        await loop.DeliverAsync(new ModelPromoted(LoopDriver.Pipeline, RunExamples.Champion, 3, "rollback"));
        Assert.Equal(["held"], await loop.StatesAsync(batch));

        await loop.RecordVersionAsync(4, null, restores: 2);
        await loop.DeliverAsync(new ModelPromoted(LoopDriver.Pipeline, RunExamples.Champion, 4, "rollback"));

        Assert.Equal(["learned"], await loop.StatesAsync(batch));
    }

    [Theory]
    [InlineData("rolled-back", "held")]
    [InlineData("superseded", "undecided")]
    [InlineData("canary", "learned")]
    public async Task DeploymentChanged_ACandidateOnItsWay_SettlesItsBatches(string stage, string state)
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        await loop.PumpAsync();
        var run = (await loop.RunsAsync())[^1].RunId;
        await loop.ExecuteAsync("insert into promotion_v_deployments values (@run, 'support', @stage, 'thumbs fell')", new { run, stage });

        await loop.DeliverAsync(new DeploymentChanged(LoopDriver.Pipeline, run, RunExamples.Champion, RunExamples.Champion, stage, 0.1, "thumbs fell", "live-rules", null));

        Assert.Equal([state], await loop.StatesAsync(batch));
    }

    [Fact]
    public async Task GateDecided_TheModelWasTakenBackBeforeTheRunHeardOfIt_HoldsTheBatch()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        var batch = await loop.PushAsync();
        var run = (await loop.RunsAsync())[^1].RunId;
        await loop.ExecuteAsync("insert into promotion_v_deployments values (@run, 'support', 'rolled-back', 'model-unusable')", new { run });
        await loop.PumpAsync();

        Assert.Equal(["held"], await loop.StatesAsync(batch));
    }

    [Fact]
    public async Task Sweep_ARollbackThatNoMessageToldOf_HoldsTheBatches()
    {
        await using var loop = await CreateAsync();
        await loop.PromoteAsync(1);
        await loop.RecordVersionAsync(1, null);
        var batch = await loop.LearnAsync(2);
        await loop.RecordVersionAsync(3, null, restores: 1);

        await loop.Reconciler.SweepAsync(default);

        Assert.Equal(["held"], await loop.StatesAsync(batch));
    }

    /// <summary>Deliveries shuffled and doubled: every batch ends in exactly one account, no run is stuck, no run is started twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Deliveries_ShuffledAndDoubled_EndAlike(int seed)
    {
        var random = new Random(seed);
        await using var loop = await CreateAsync(Synthetic);
        await loop.PromoteAsync(1);
        var bad = new HashSet<string>(StringComparer.Ordinal);
        loop.Gate = batches => batches.Any(bad.Contains) ? GateDecision.Reject : GateDecision.Promote;
        var all = new List<string>();
        for (var wave = 0; wave < 3; wave++)
        {
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                var batch = await loop.PushAsync();
                await loop.DeliverAsync(new BatchAccepted(batch, LoopDriver.Pipeline, "hash", 10, "product"));
                all.Add(batch);
                if (random.Next(3) == 0)
                {
                    bad.Add(batch);
                }
            }

            await loop.PumpAsync(random);
        }

        foreach (var batch in all)
        {
            Assert.Equal(bad.Contains(batch) ? "held" : "learned", (await loop.BatchAsync(batch)).State);
        }

        var runs = await loop.RunsAsync();
        Assert.All(runs, run => Assert.NotNull(run.EndedAt));
        Assert.Equal(runs.Count, runs.Select(run => run.TriggerRef).Distinct().Count());
        foreach (var run in runs)
        {
            var events = (await loop.Queries.RunAsync(run.RunId, default))!.Events;
            Assert.Equal(Enumerable.Range(1, events.Count), events.Select(line => line.Seq));
        }
    }
}
