using System.Globalization;
using AlignOps.Contracts.Registry;
using AlignOps.Promotion.Deployments.Live;
using AlignOps.Promotion.Deployments.Policy;

namespace AlignOps.Promotion.Deployments;

/// <summary>
/// The stages of a deployment as a pure function: verify, shadows, canaries, full. A live rule takes the candidate back from any stage; a hold stops it from going
/// forward and never from going back; missing evidence leaves it where it is.
/// </summary>
internal static class DeploymentProcess
{
    public const string Watcher = "live-rules";

    private const double LargestShown = 1e300;

    public static DeploymentStep Decide(Deployment now, DeploymentSection policy, DeploymentSight sight)
    {
        if (now.Active == 0) return new DeploymentStep(now, Moved: false);
        if (now.Stage == DeploymentStages.Full && sight.ChampionVersion != now.Version)
        {
            return Settle(now, sight, Text($"The watch has ended: the champion is version {sight.ChampionVersion} by now."));
        }

        if (now.Stage != DeploymentStages.Full && sight.ChampionVersion != now.ChampionVersion)
        {
            return End(now, sight, DeploymentStages.Superseded,
                Text($"champion-moved: the candidate was compared with version {now.ChampionVersion}, and the champion is version {sight.ChampionVersion} by now."));
        }

        return now.Stage switch
        {
            DeploymentStages.Waiting or DeploymentStages.OnHold or DeploymentStages.Verifying when sight.Hold is { } hold => Hold(now, sight, hold),
            DeploymentStages.Waiting or DeploymentStages.OnHold when sight.UnderWay is { } other => Wait(now, sight, other),
            DeploymentStages.Waiting or DeploymentStages.OnHold => Move(now, sight, now with { Stage = DeploymentStages.Verifying, Reason = "The files are being checked." }),
            DeploymentStages.Verifying => Verify(now, policy, sight),
            _ => Watch(now, policy, sight),
        };
    }

    private static DeploymentStep Hold(Deployment now, DeploymentSight sight, string hold) => now.Stage == DeploymentStages.OnHold
        ? new DeploymentStep(now, Moved: false)
        : Move(now, sight, now with { Stage = DeploymentStages.OnHold, Reason = $"It waits: {hold}." });

    private static DeploymentStep Wait(Deployment now, DeploymentSight sight, string other) => now.Stage == DeploymentStages.Waiting
        ? new DeploymentStep(now, Moved: false)
        : Move(now, sight, now with { Stage = DeploymentStages.Waiting, Reason = $"It waits for the candidate of run {other}, which is on its way." });

    private static DeploymentStep Verify(Deployment now, DeploymentSection policy, DeploymentSight sight) => sight.Verification switch
    {
        null => new DeploymentStep(now, Moved: false),
        { CandidateFault: { } fault } => End(now, sight, DeploymentStages.RolledBack, $"model-unusable: {fault}"),
        { NoTarget: true } nowhere => Note(now, $"no-way-back: no earlier champion can be loaded, so nothing is put in its place. {nowhere.Note}".TrimEnd()),
        { } sound => Advance(now, policy, sight, $"Checked: it can be loaded, and so can the model that a rollback would bring back. {sound.Note}".TrimEnd()),
    };

    private static DeploymentStep Watch(Deployment before, DeploymentSection policy, DeploymentSight sight)
    {
        var readings = LiveRules.Read(policy, sight.Live, before.ChampionLimit);
        var nearest = readings.MaxBy(reading => reading.Nearness)!;
        var now = Show(before, nearest, sight.Live);
        if (readings.FirstOrDefault(reading => reading.Crossed) is { } crossed)
        {
            var back = End(Show(before, crossed, sight.Live), sight, DeploymentStages.RolledBack, $"Rolled back from {before.Stage} by rule {crossed.Rule}: {crossed.Sentence}.");
            return before.Stage == DeploymentStages.Full ? back with { Registry = RegistryAction.Restore } : back;
        }

        if (before.Stage != DeploymentStages.Full && sight.Hold is { } hold) return Note(now, $"It stays at this stage: {hold}.");

        var stage = policy.Stages[(int)now.Step];
        return Missing(now, stage, sight) is { Length: > 0 } missing
            ? Note(now, $"It stays until there are {missing}.")
            : Advance(now, policy, sight, $"No live rule objects; nearest: {nearest.Sentence}.");
    }

    /// <summary>What a stage still lacks, in words; empty where it lacks nothing.</summary>
    private static string Missing(Deployment now, DeploymentStageSection stage, DeploymentSight sight)
    {
        var thumbs = now.ThumbsUp + now.ThumbsDown;
        var minutes = (sight.Now - now.Since) / 60_000.0;
        List<string> missing = [];
        if (now.Requests < stage.MinRequests) missing.Add(Text($"{stage.MinRequests} requests (now {now.Requests})"));
        if (thumbs < stage.MinThumbs) missing.Add(Text($"thumbs of {stage.MinThumbs} people (now {thumbs})"));
        if (minutes < stage.MinMinutes) missing.Add(Text($"{stage.MinMinutes} minutes over"));
        return string.Join(" and ", missing);
    }

    private static DeploymentStep Advance(Deployment now, DeploymentSection policy, DeploymentSight sight, string because)
    {
        if (now.Stage == DeploymentStages.Full) return Settle(now, sight, $"The watch is over. {because}");

        var step = (int)now.Step + 1;
        var next = step < policy.Stages.Count ? policy.Stages[step] : null;
        if (next is { Stage: not StageKind.Full })
        {
            var stage = next.Stage == StageKind.Shadow ? DeploymentStages.Shadow : DeploymentStages.Canary;
            return Move(now, sight, now with { Stage = stage, Step = step, Share = next.Share, Requests = 0, Reason = because });
        }

        var full = now with { Stage = DeploymentStages.Full, Step = step, Share = 1, Requests = 0, Version = now.ChampionVersion + 1, Active = next is null ? 0 : 1, Reason = because };
        return Move(now, sight, full) with { Registry = RegistryAction.Promote };
    }

    private static Deployment Show(Deployment now, LiveReading reading, LiveFigures live) => now with
    {
        Metric = reading.Rule,
        EValue = Math.Min(Math.Exp(reading.LogEvidence), LargestShown),
        Bound = reading.Bound,
        ThumbsUp = live.Thumbs.Canary.Up + live.Thumbs.Full.Up,
        ThumbsDown = live.Thumbs.Canary.Down + live.Thumbs.Full.Down,
        ChampionThumbsUp = live.Thumbs.Champion.Up,
        ChampionThumbsDown = live.Thumbs.Champion.Down,
        Requests = live.StageRequests,
    };

    private static DeploymentStep Note(Deployment now, string reason) => new(now with { Reason = reason }, Moved: false);

    private static DeploymentStep Settle(Deployment now, DeploymentSight sight, string reason) => Move(now, sight, now with { Active = 0, Reason = reason });

    private static DeploymentStep End(Deployment now, DeploymentSight sight, string stage, string reason) =>
        Move(now, sight, now with { Stage = stage, Share = 0, Active = 0, Reason = reason });

    private static DeploymentStep Move(Deployment before, DeploymentSight sight, Deployment next) =>
        new(next with { Since = next.Stage == before.Stage && next.Step == before.Step ? before.Since : sight.Now, DecidedBy = Watcher }, Moved: true);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
