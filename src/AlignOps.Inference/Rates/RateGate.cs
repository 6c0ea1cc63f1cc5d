namespace AlignOps.Inference.Rates;

/// <summary>Requests and tokens per minute towards one endpoint, and its requests for a pause, which all callers keep.</summary>
/// <param name="requestsPerMinute">At least 2; null: no limit. Likewise <paramref name="tokensPerMinute"/>.</param>
public sealed class RateGate(int? requestsPerMinute, int? tokensPerMinute, TimeProvider time)
{
    private readonly TokenBucket? _requests = requestsPerMinute is { } limit ? TokenBucket.PerMinute(limit, time) : null;
    private readonly TokenBucket? _tokens = tokensPerMinute is { } limit ? TokenBucket.PerMinute(limit, time) : null;
    private long _pauseEnds = long.MinValue;

    public async Task PassAsync(int tokens, CancellationToken cancellationToken)
    {
        var wait = Longer(_requests?.Draw(1) ?? TimeSpan.Zero, _tokens?.Draw(tokens) ?? TimeSpan.Zero);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);

        // A pause may have begun, or grown, while this one waited.
        while (Pause() is { Ticks: > 0 } pause) await Task.Delay(pause, time, cancellationToken);
    }

    /// <summary>The endpoint asked for patience: nobody passes until then.</summary>
    public void PauseFor(TimeSpan length)
    {
        var end = time.GetUtcNow().UtcTicks + length.Ticks;
        for (var known = Volatile.Read(ref _pauseEnds); known < end;)
        {
            var seen = Interlocked.CompareExchange(ref _pauseEnds, end, known);
            if (seen == known) return;
            known = seen;
        }
    }

    /// <summary>A call drew more tokens than it used.</summary>
    public void Return(int tokens) => _tokens?.Return(tokens);

    private TimeSpan Pause()
    {
        var left = Volatile.Read(ref _pauseEnds) - time.GetUtcNow().UtcTicks;
        return Volatile.Read(ref _pauseEnds) == long.MinValue || left <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(TimeSpan.FromTicks(left).TotalMilliseconds));
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
