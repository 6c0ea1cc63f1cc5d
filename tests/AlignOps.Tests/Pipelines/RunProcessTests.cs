using AlignOps.Contracts;
using AlignOps.Contracts.Runs;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Runs;
using AlignOps.Tests.Pipelines.Compliance;
using static AlignOps.Tests.Pipelines.Compliance.RunExamples;

namespace AlignOps.Tests.Pipelines;

public class RunProcessTests
{
    [Fact]
    public void Start_BatchRun_AsksForTheDataset()
    {
        var step = RunProcess.Start(Run());

        var command = Assert.Single(step.Commands);
        Assert.Equal("r-0123456789abcdef/prepare", command.Key);
        var build = Assert.IsType<BuildDataset>(command.Message);
        Assert.Equal(["b-1"], build.BatchIds);
        Assert.Equal(["b-0"], build.ReplayBatchIds);
        Assert.Null(build.SyntheticDigest);
        Assert.Equal("started", Assert.Single(step.Events).Kind);
    }

    [Fact]
    public void Start_NothingLearned_EndsInconclusiveAndSaysSo()
    {
        var step = RunProcess.Start(Run(kind: RunTrigger.Schedule) with { BatchIds = [] });

        Assert.Equal(RunPhase.Inconclusive, step.State.Phase);
        Assert.StartsWith("nothing-learned: ", step.State.Reason);
        Assert.Empty(step.Commands);
        Assert.Empty(step.Batches);
    }

    [Theory]
    [InlineData(true, "synthesize mix train evaluate decide")]
    [InlineData(false, "train evaluate decide")]
    public void Decide_WholeWay_SendsEveryCommandOnceInOrder(bool synthesizes, string steps)
    {
        var (run, commands) = Walk(Run(synthesizes), Way(synthesizes, GateDecision.Promote));

        Assert.Equal(RunPhase.Promoted, run.Phase);
        Assert.Equal(steps, string.Join(' ', commands.Select(command => command.Step)));
        var train = Assert.IsType<TrainCandidate>(commands.Single(command => command.Step == "train").Message);
        Assert.Equal(synthesizes ? "mixed" : "plain", train.DatasetDigest);
        Assert.Equal(RunExamples.Champion, train.Reference);
    }

    [Theory]
    [InlineData("b-1", "champion-moved", BatchState.Waiting)]
    [InlineData("b-1#2", "champion-moved", BatchState.Waiting)]
    [InlineData("b-1#3", "champion-moved", BatchState.Undecided)]
    [InlineData("b-1", "hold", BatchState.Undecided)]
    [InlineData("b-1", null, BatchState.Undecided)]
    public void Decide_Inconclusive_RunsAgainOnlyAgainstAnotherChampion(string trigger, string? code, string state)
    {
        var run = Run() with { Trigger = new RunTrigger(RunTrigger.Batch, trigger), Phase = RunPhase.Deciding };

        var step = RunProcess.Decide(run, Gate(GateDecision.Inconclusive, code));

        Assert.Equal(RunPhase.Inconclusive, step.State.Phase);
        Assert.Equal(state, Assert.Single(step.Batches).State);
    }

    [Fact]
    public void Attempt_SeveralBatches_IsThatOfTheOneThatRanMost() =>
        Assert.Equal((3, 1), (RunTrigger.ForBatches([("b-1", 1), ("b-2", 3)]).Attempt, RunTrigger.ForBatches([("b-1", 1)]).Attempt));

    [Fact]
    public void Decide_MixCommand_CarriesTheSyntheticRowsAndAKeyOfItsOwn()
    {
        var (_, commands) = Walk(Run(), [Dataset(false), RunExamples.Synthesis()]);

        Assert.Equal("r-0123456789abcdef/mix", commands[1].Key);
        Assert.Equal("synthetic", Assert.IsType<BuildDataset>(commands[1].Message).SyntheticDigest);
    }

    [Theory]
    [InlineData(GateDecision.Promote, BatchState.Learned)]
    [InlineData(GateDecision.Reject, BatchState.Held)]
    [InlineData(GateDecision.Inconclusive, BatchState.Undecided)]
    public void Decide_GateOnOneBatch_AccountsForIt(GateDecision decision, string state)
    {
        var (_, _, batches) = WalkWithBatches(Run(), Way(true, decision));

        var transition = Assert.Single(batches);
        Assert.Equal(("b-1", state, false), (transition.BatchId, transition.State, transition.Alone));
    }

    [Fact]
    public void Decide_RejectedRunOfSeveralBatches_SendsEachToRunAlone()
    {
        var (_, _, batches) = WalkWithBatches(Run(true, RunTrigger.Batch, "b-1", "b-2", "b-3"), Way(true, GateDecision.Reject));

        Assert.Equal(["b-1", "b-2", "b-3"], batches.Select(batch => batch.BatchId));
        Assert.All(batches, batch => Assert.Equal((BatchState.Waiting, true), (batch.State, batch.Alone)));
    }

    [Theory]
    [InlineData(GateDecision.Promote)]
    [InlineData(GateDecision.Reject)]
    [InlineData(GateDecision.Inconclusive)]
    public void Decide_ScheduledRun_LeavesLearnedBatchesLearned(GateDecision decision)
    {
        var (_, _, batches) = WalkWithBatches(Run(true, RunTrigger.Schedule, "b-1", "b-2"), Way(true, decision));

        Assert.Empty(batches);
    }

    [Fact]
    public void Decide_StepFailedInAnyActivePhase_FailsWithTheCodeAndLeavesBatchesUndecided()
    {
        foreach (var run in EveryPhase().Where(run => run.Phase < RunPhase.AwaitingApproval))
        {
            var step = RunProcess.Decide(run, Failed());

            Assert.Equal(RunPhase.Failed, step.State.Phase);
            Assert.StartsWith("empty-dataset: no row carries a preference", step.State.Reason);
            Assert.Equal(BatchState.Undecided, Assert.Single(step.Batches).State);
        }
    }

    [Fact]
    public void Decide_AwaitingApproval_WaitsForASecondAnswer()
    {
        var (waiting, commands) = Walk(Run(), Way(true, GateDecision.AwaitingApproval));
        Assert.Equal(RunPhase.AwaitingApproval, waiting.Phase);
        Assert.DoesNotContain(commands, command => command.Step == "approve");
        Assert.Null(RunProcess.PendingCommand(waiting));

        Assert.Equal(RunPhase.Promoted, RunProcess.Decide(waiting, Gate(GateDecision.Promote)).State.Phase);
    }

    [Fact]
    public void Decide_AwaitingApprovalAgain_KeepsTheNewRecordAndGoesOnWaiting()
    {
        var (waiting, _) = Walk(Run(), Way(true, GateDecision.AwaitingApproval));
        var again = Gate(GateDecision.AwaitingApproval) with { RecordDigest = "after-people" };

        var step = RunProcess.Decide(waiting, again);

        Assert.Equal((RunPhase.AwaitingApproval, "after-people", "gate-decided"), (step.State.Phase, step.State.RecordDigest, Assert.Single(step.Events).Kind));
        Assert.Equal("ignored", Assert.Single(RunProcess.Decide(step.State, again).Events).Kind);
    }

    [Fact]
    public void Decide_RejectedByAPerson_HoldsEveryBatchAndSplitsNothing()
    {
        var (waiting, _) = Walk(Run(batches: ["b-1", "b-2"]), Way(true, GateDecision.AwaitingApproval));

        var step = RunProcess.Decide(waiting, Gate(GateDecision.Reject, GateDecided.RejectedByPerson));

        Assert.Equal(RunPhase.Rejected, step.State.Phase);
        Assert.Equal([("b-1", BatchState.Held), ("b-2", BatchState.Held)], step.Batches.Select(batch => (batch.BatchId, batch.State)));
    }

    [Fact]
    public void Decide_ApprovalExpired_IsInconclusiveAndLeavesBatchesUndecided()
    {
        var (waiting, _) = Walk(Run(), Way(true, GateDecision.AwaitingApproval));

        var step = RunProcess.Decide(waiting, Gate(GateDecision.Inconclusive, GateDecided.ApprovalExpired));

        Assert.Equal((RunPhase.Inconclusive, BatchState.Undecided), (step.State.Phase, Assert.Single(step.Batches).State));
    }

    [Fact]
    public void Decide_EveryPhaseAndMessage_MovesForwardOrIgnoresWithAnEvent()
    {
        foreach (var run in EveryPhase())
        {
            foreach (var message in Messages())
            {
                var step = RunProcess.Decide(run, message);

                var line = Assert.Single(step.Events);
                Assert.Equal(run.LastEvent + 1, line.Sequence);
                Assert.Equal(step.State.LastEvent, line.Sequence);
                if (line.Kind == "ignored")
                {
                    Assert.Equal(run with { LastEvent = step.State.LastEvent }, step.State);
                    Assert.Empty(step.Commands);
                    Assert.Empty(step.Batches);
                }
                else
                {
                    Assert.True(step.State.Phase > run.Phase);
                    Assert.False(run.Phase.IsTerminal());
                }

                // What a run waits for is exactly what was sent.
                Assert.Equal(step.State.Phase.IsTerminal() || step.State.Phase == RunPhase.AwaitingApproval, RunProcess.PendingCommand(step.State) is null);
                Assert.Equal(step.State.Phase.IsTerminal() && line.Kind != "ignored", step.Batches.Count > 0);
            }
        }
    }

    [Fact]
    public void Decide_UnknownMessage_IsIgnored() =>
        Assert.Equal("ignored", Assert.Single(RunProcess.Decide(Run(), "noise").Events).Kind);

    /// <summary>
    /// At-least-once delivery in any order: every message of the way is delivered again until the run ends, shuffled and repeated each time.
    /// </summary>
    [Fact]
    public void Decide_AnyShuffleWithRepeats_EndsInOneStateWithOneAccount()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var synthesizes = random.Next(2) == 0;
            var way = Way(synthesizes, GateDecision.Promote);
            var run = RunProcess.Start(Run(synthesizes)).State;
            var phase = run.Phase;
            var sequence = run.LastEvent;
            var commands = new List<string>();
            var accounts = 0;
            var rounds = 0;
            while (!run.Phase.IsTerminal() || rounds < 2)
            {
                rounds++;
                Assert.True(rounds <= 8);
                var delivery = way.Concat(way).ToArray();
                random.Shuffle(delivery);
                foreach (var message in delivery)
                {
                    var step = RunProcess.Decide(run, message);
                    foreach (var line in step.Events)
                    {
                        Assert.Equal(++sequence, line.Sequence);
                    }

                    Assert.True(step.State.Phase >= phase);
                    phase = step.State.Phase;
                    commands.AddRange(step.Commands.Select(command => command.Key));
                    accounts += step.Batches.Count;
                    run = step.State;
                }
            }

            Assert.Equal(RunPhase.Promoted, run.Phase);
            Assert.Equal(commands.Distinct(), commands);
            Assert.Equal(synthesizes ? 5 : 3, commands.Count);
            Assert.Equal(1, accounts);
            Assert.Equal(synthesizes ? "mixed" : "plain", run.DatasetDigest);
        }
    }

    private static IEnumerable<RunState> EveryPhase()
    {
        var run = RunProcess.Start(Run()).State;
        yield return run;
        foreach (var message in Way(true, GateDecision.AwaitingApproval))
        {
            run = RunProcess.Decide(run, message).State;
            yield return run;
        }

        foreach (var decision in new[] { GateDecision.Promote, GateDecision.Reject, GateDecision.Inconclusive })
        {
            yield return RunProcess.Decide(run, Gate(decision)).State;
        }

        yield return RunProcess.Decide(RunProcess.Start(Run()).State, Failed()).State;
    }

    private static (RunState Run, List<RunCommand> Commands) Walk(RunState start, object[] messages)
    {
        var (run, commands, _) = WalkWithBatches(start, messages);
        return (run, commands);
    }

    private static (RunState Run, List<RunCommand> Commands, List<BatchTransition> Batches) WalkWithBatches(RunState start, object[] messages)
    {
        var run = RunProcess.Start(start).State;
        var commands = new List<RunCommand>();
        var batches = new List<BatchTransition>();
        foreach (var message in messages)
        {
            var step = RunProcess.Decide(run, message);
            commands.AddRange(step.Commands);
            batches.AddRange(step.Batches);
            run = step.State;
        }

        return (run, commands, batches);
    }
}
