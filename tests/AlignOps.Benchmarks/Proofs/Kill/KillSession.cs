using System.Diagnostics;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;

namespace AlignOps.Benchmarks.Proofs.Kill;

/// <summary>One deployment through all its trials.</summary>
internal sealed class KillSession(Deployment deployment, World world)
{
    private readonly Story _story = new(deployment, world);
    private readonly Ledger _ledger = new(deployment);
    private int _number;

    public IReadOnlyList<string> Answered => _story.Answered;

    public Ledger Ledger => _ledger;

    /// <summary>Tells the story undisturbed; returns what was seen, in order, and how long it took.</summary>
    public async Task<(IReadOnlyList<Occurrence> Seen, TimeSpan Took)> ListenAsync(bool good, CancellationToken cancellationToken)
    {
        var seen = new List<Occurrence>();
        var started = Stopwatch.GetTimestamp();
        await using (await Watcher.StartAsync(deployment, seen.Add, cancellationToken))
        {
            await TellAsync(good, cancellationToken);
            await _ledger.RestsAsync(cancellationToken);
        }

        return (seen, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Tells the story once more, kills at the trial's moment, starts again what was killed, and waits for the story's end.</summary>
    public async Task<TrialResult> KillAsync(Trial trial, Random random, CancellationToken cancellationToken)
    {
        string[] killed = [];
        double ready = 0, recovered = 0;
        var struck = new TaskCompletionSource<string[]>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Killed on the thread that saw the change, and only once.
        void Strike(string role)
        {
            string[] names = trial.Everything ? [.. deployment.ProcessNames] : [deployment.ProcessOf(role)];
            if (!struck.Task.IsCompleted)
            {
                deployment.Kill(names);
                struck.TrySetResult(names);
            }
        }

        var watcher = trial.Kind is null ? null : await Watcher.StartAsync(
            deployment,
            occurrence =>
            {
                if (occurrence.Kind == trial.Kind)
                {
                    Strike(occurrence.Role);
                }
            },
            cancellationToken);
        var telling = TellAsync(trial.Good, cancellationToken);
        if (watcher is null)
        {
            await Task.Delay(trial.Delay, cancellationToken);
            Strike(Deployment.Roles[random.Next(Deployment.Roles.Length)]);
        }

        await Task.WhenAny(struck.Task, telling);
        if (watcher is not null)
        {
            if (!struck.Task.IsCompleted)
            {
                // What comes last of all, such as the outbox running empty, comes after the story's end.
                await _ledger.RestsAsync(cancellationToken);
                await Task.Delay(200, cancellationToken);
            }

            await watcher.DisposeAsync();
        }

        if (struck.Task.IsCompletedSuccessfully)
        {
            killed = await struck.Task;
            var since = Stopwatch.GetTimestamp();
            await deployment.StartAsync(killed, cancellationToken);
            ready = Stopwatch.GetElapsedTime(since).TotalSeconds;
            var (batch, state) = await telling;
            await _ledger.RestsAsync(cancellationToken);
            recovered = Stopwatch.GetElapsedTime(since).TotalSeconds;
            return new TrialResult(killed, batch, state, ready, recovered);
        }

        var (unharmed, end) = await telling;
        return new TrialResult(killed, unharmed, end, ready, recovered);
    }

    /// <summary>Kills Intake when half of a push has arrived, and pushes again under the same key.</summary>
    public async Task<TrialResult> KillInPushAsync(CancellationToken cancellationToken)
    {
        var (content, key) = NextBatch(good: true);
        var half = new HalfStream(content);
        var cut = deployment.Client.PushAsync(world.Pipeline, key + ".jsonl", half, key, cancellationToken);
        await half.Paused;
        string[] names = [deployment.ProcessOf("intake")];
        deployment.Kill(names);
        half.Go();
        await ((Task)cut).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cut.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A push was answered by a process that was killed half-way through it.");
        }

        var since = Stopwatch.GetTimestamp();
        await deployment.StartAsync(names, cancellationToken);
        var ready = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var (batch, state) = await _story.TellAsync(content, key, cancellationToken);
        await _ledger.RestsAsync(cancellationToken);
        return new TrialResult(names, batch, state, ready, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private Task<(string BatchId, string State)> TellAsync(bool good, CancellationToken cancellationToken)
    {
        var (content, key) = NextBatch(good);
        return _story.TellAsync(content, key, cancellationToken);
    }

    private (byte[] Content, string Key) NextBatch(bool good)
    {
        var number = ++_number;
        return (good ? TinyWorld.Feedback(number) : TinyWorld.Feedback(number, "no", "yes"), $"push-{number}");
    }
}
