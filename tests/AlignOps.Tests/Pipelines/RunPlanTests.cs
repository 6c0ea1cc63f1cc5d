using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Runs;

namespace AlignOps.Tests.Pipelines;

public class RunPlanTests
{
    [Fact]
    public void Next_SeveralBatches_TakesThemTogetherUnderSortedIds()
    {
        var plan = RunPlan.Next([], [Batch("b-2"), Batch("b-1")]);

        Assert.Equal(new RunTrigger("batch", "b-1,b-2"), plan!.Trigger);
        Assert.Equal(2, plan.Batches.Count);
    }

    [Fact]
    public void Next_OneMustRunAlone_TakesItFirstUnderItsAttempt()
    {
        var plan = RunPlan.Next([], [Batch("b-1"), Batch("b-2", attempts: 1, alone: true), Batch("b-3", attempts: 1, alone: true)]);

        Assert.Equal(new RunTrigger("batch", "b-2#2"), plan!.Trigger);
    }

    [Fact]
    public void Next_ScheduleAndBatches_TakesTheScheduleFirst()
    {
        var plan = RunPlan.Next([new TriggerRow { Kind = "schedule", Reference = "2026-11-22T02:00:00Z" }], [Batch("b-1")]);

        Assert.Equal(new RunTrigger("schedule", "2026-11-22T02:00:00Z"), plan!.Trigger);
        Assert.Empty(plan.Batches);
    }

    [Fact]
    public void Next_NothingWaits_IsNull() => Assert.Null(RunPlan.Next([], []));

    [Fact]
    public void RunKey_SameTrigger_IsTheSameRunAndAnyChangeIsAnother()
    {
        var key = RunKey.Of("p", "d", new RunTrigger("batch", "b-1"));

        Assert.Equal(key, RunKey.Of("p", "d", new RunTrigger("batch", "b-1")));
        Assert.Matches("^r-[0-9a-f]{16}$", key.RunId);
        Assert.True(key.Seed >= 0);
        Assert.Equal(4, new[]
        {
            key,
            RunKey.Of("q", "d", new RunTrigger("batch", "b-1")),
            RunKey.Of("p", "e", new RunTrigger("batch", "b-1")),
            RunKey.Of("p", "d", new RunTrigger("batch", "b-1#2")),
        }.Distinct().Count());
    }

    private static BatchRow Batch(string id, int attempts = 0, bool alone = false) =>
        new() { BatchId = id, Attempts = attempts, Alone = alone ? 1 : 0 };
}
