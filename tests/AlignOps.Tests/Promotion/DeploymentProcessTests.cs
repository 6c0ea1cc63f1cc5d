using AlignOps.Contracts.Registry;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Deployments.Live;
using AlignOps.Promotion.Deployments.Policy;

namespace AlignOps.Tests.Promotion;

public sealed class DeploymentProcessTests
{
    private const string Hold = "promotions are on hold since mia put them on hold: fair";

    private static readonly DeploymentSection Policy = new()
    {
        Stages =
        [
            new() { Stage = StageKind.Shadow, Share = 0.2, MinRequests = 10 },
            new() { Stage = StageKind.Canary, Share = 0.1, MinRequests = 20, MinThumbs = 5 },
            new() { Stage = StageKind.Canary, Share = 0.5, MinMinutes = 10 },
            new() { Stage = StageKind.Full, MinRequests = 30 },
        ],
    };

    private static readonly Deployment Begun = new() { RunId = "r-1", Pipeline = "p", Stage = DeploymentStages.Verifying, ChampionVersion = 3, Bound = 100 };

    private static readonly Verification Sound = new(null, NoTarget: false, "");

    [Fact]
    public void Decide_EachStageReached_WalksToFullAndSettles()
    {
        var walked = new List<string>();
        var (state, now) = (Begun, 0L);
        DeploymentStep step;
        do
        {
            now += 60_000;
            var champion = state.Version ?? 3;
            step = DeploymentProcess.Decide(state, Policy, new DeploymentSight(now, champion, null, null, Sound, Live(requests: 40, up: 6)));
            if (step.Moved) walked.Add($"{step.State.Stage} {step.State.Share} {step.Registry}");
            state = step.State;
        }
        while (state.Active == 1 && now < 3_600_000);

        Assert.Equal(["shadow 0.2 None", "canary 0.1 None", "canary 0.5 None", "full 1 Promote", "full 1 None"], walked);
        Assert.Equal((4L, 0L), (state.Version, state.Active));
    }

    [Fact]
    public void Decide_NoStages_IsFullAfterTheCheck()
    {
        var step = DeploymentProcess.Decide(Begun, new DeploymentSection(), Sight(Sound));
        Assert.Equal((DeploymentStages.Full, RegistryAction.Promote, 0L), (step.State.Stage, step.Registry, step.State.Active));
    }

    [Theory]
    [InlineData(DeploymentStages.Shadow, 0)]
    [InlineData(DeploymentStages.Canary, 1)]
    [InlineData(DeploymentStages.Full, 3)]
    public void Decide_ALiveRuleCrossed_GoesBackFromEveryStageAndOnHoldToo(string stage, int index)
    {
        foreach (var hold in (string?[])[null, Hold])
        {
            var state = Begun with { Stage = stage, Step = index, Share = 0.5, Version = stage == DeploymentStages.Full ? 4 : null };
            var step = DeploymentProcess.Decide(state, Policy, Sight(null, hold, stage == DeploymentStages.Full ? 4 : 3, Live(requests: 50, errors: 12)));

            Assert.Equal((DeploymentStages.RolledBack, 0L, 0.0), (step.State.Stage, step.State.Active, step.State.Share));
            Assert.Equal(stage == DeploymentStages.Full ? RegistryAction.Restore : RegistryAction.None, step.Registry);
            Assert.StartsWith($"Rolled back from {stage} by rule errors: error rate 0.24 against at most 0.02 (n = 50), e-value ", step.State.Reason, StringComparison.Ordinal);
            Assert.EndsWith("with bound 100.", step.State.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decide_OnHold_NeverGoesForward()
    {
        foreach (var stage in (string[])[DeploymentStages.Waiting, DeploymentStages.OnHold, DeploymentStages.Verifying])
        {
            Assert.Equal(DeploymentStages.OnHold, DeploymentProcess.Decide(Begun with { Stage = stage }, Policy, Sight(Sound, Hold)).State.Stage);
        }

        var canary = Begun with { Stage = DeploymentStages.Canary, Step = 1, Share = 0.1 };
        var stays = DeploymentProcess.Decide(canary, Policy, Sight(null, Hold, live: Live(requests: 100, up: 50)));
        Assert.Equal((false, DeploymentStages.Canary, 0.1), (stays.Moved, stays.State.Stage, stays.State.Share));
        Assert.Equal(DeploymentStages.Verifying, DeploymentProcess.Decide(Begun with { Stage = DeploymentStages.OnHold }, Policy, Sight(null)).State.Stage);
        Assert.Equal(DeploymentStages.Waiting, DeploymentProcess.Decide(Begun with { Stage = DeploymentStages.OnHold }, Policy, Sight(null) with { UnderWay = "r-0" }).State.Stage);
    }

    [Fact]
    public void Decide_TheCheckFailed_GoesBackOrWaitsForAWayBack()
    {
        var broken = DeploymentProcess.Decide(Begun, Policy, Sight(new Verification("The adapter is not whole.", false, "")));
        var nowhere = DeploymentProcess.Decide(Begun, Policy, Sight(new Verification(null, NoTarget: true, "The champion itself cannot be loaded.")));

        Assert.Equal((DeploymentStages.RolledBack, "model-unusable: The adapter is not whole."), (broken.State.Stage, broken.State.Reason));
        Assert.Equal((DeploymentStages.Verifying, false), (nowhere.State.Stage, nowhere.Moved));
        Assert.StartsWith("no-way-back: ", nowhere.State.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_EvidenceMissing_StaysAndSaysWhatItWaitsFor()
    {
        var step = DeploymentProcess.Decide(Begun with { Stage = DeploymentStages.Canary, Step = 1, Share = 0.1 }, Policy, Sight(null, live: Live(requests: 7, up: 2)));
        Assert.Equal((false, "It stays until there are 20 requests (now 7) and thumbs of 5 people (now 2)."), (step.Moved, step.State.Reason));
    }

    [Fact]
    public void Decide_AnySequenceOfSights_OnlyGoesForwardOneStageAtATimeAndEndsForGood()
    {
        var random = new Random(5);
        for (var run = 0; run < 500; run++)
        {
            var (state, now, ended) = (Begun, 0L, false);
            for (var i = 0; i < 60; i++)
            {
                now += random.Next(600_000);
                var champion = random.Next(40) == 0 ? 9 : state.Version ?? 3;
                var live = Live(random.Next(60), random.Next(30) == 0 ? 40 : 0, random.Next(12), random.Next(12));
                var before = state;
                var step = DeploymentProcess.Decide(state, Policy, new DeploymentSight(now, champion, random.Next(6) == 0 ? Hold : null, null, Sound, live));
                state = step.State;

                if (ended) Assert.Equal(before, state);
                Assert.InRange(state.Step - before.Step, 0, 1);
                if (before.Stage == DeploymentStages.Canary && state.Stage == DeploymentStages.Canary) Assert.True(state.Share >= before.Share);
                Assert.Equal(state.Stage == DeploymentStages.Full && before.Stage != DeploymentStages.Full, step.Registry == RegistryAction.Promote);
                Assert.Equal(state.Stage == DeploymentStages.RolledBack && before.Stage == DeploymentStages.Full, step.Registry == RegistryAction.Restore);
                ended = state.Active == 0;
            }
        }
    }

    private static DeploymentSight Sight(Verification? verification, string? hold = null, long champion = 3, LiveFigures? live = null) =>
        new(600_000, champion, hold, null, verification, live ?? LiveFigures.None);

    private static LiveFigures Live(long requests = 0, long errors = 0, long up = 0, long down = 0) => new(
        requests, Math.Max(requests, errors), errors, 0, ThumbFigures.None with { Canary = new ThumbCount(up, down) });
}
