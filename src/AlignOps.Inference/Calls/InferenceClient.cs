using System.Collections.Concurrent;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Inference.Requests;

namespace AlignOps.Inference.Calls;

/// <summary>
/// Asks one endpoint, within a number of calls at once, a rate, a budget and a patience. Every call ends in a named outcome; none throws but for the asker's own cancellation
/// and a record that cannot be written.
/// </summary>
/// <param name="jitter">Draws from [0, 1).</param>
public sealed class InferenceClient(
    IChatEndpoint endpoint, ICallRecord record, Budget budget, Tariff tariff, RateGate rate, CallPolicy policy, TimeProvider time, Func<double> jitter) : IDisposable
{
    private readonly AttemptMaker _attempts = new(endpoint, record, budget, tariff, rate, policy.AttemptTimeout, time);
    private readonly Breaker _breaker = new(policy.FailuresUntilDown, policy.DownFor, time);
    private readonly SemaphoreSlim _places = new(policy.Concurrency);
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);

    public CallTally Tally { get; } = new();

    /// <param name="identity">Digest of all that decides about the answer beside the request.</param>
    public async Task<CallResult> AskAsync(ChatRequest request, string identity, CancellationToken cancellationToken)
    {
        var key = request.Key(identity);
        await _places.WaitAsync(cancellationToken);
        try
        {
            var result = await OnceAsync(key, request, cancellationToken);
            Tally.Call(result.Outcome);
            return result;
        }
        catch (OperationCanceledException)
        {
            Tally.Call(CallOutcome.Abandoned);
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Of equal requests at the same moment one is sent; the others find its answer kept, or try in their turn.</summary>
    private async Task<CallResult> OnceAsync(string key, ChatRequest request, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_underWay.GetOrAdd(key, mine.Task) is var other && other != mine.Task)
        {
            await other.WaitAsync(cancellationToken);
        }

        try
        {
            return await record.FindAsync(key, cancellationToken) is { } kept ? new CallResult(CallOutcome.Cached, kept, default, 0, null) : await CallAsync(key, request, cancellationToken);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
            mine.SetResult();
        }
    }

    private async Task<CallResult> CallAsync(string key, ChatRequest request, CancellationToken cancellationToken)
    {
        if (_breaker.IsDown) return new CallResult(CallOutcome.EndpointDown, null, default, 0, $"{policy.FailuresUntilDown} calls failed one after another");

        var started = time.GetTimestamp();
        var charged = default(Spend);
        for (var number = 1; ; number++)
        {
            var attempt = await _attempts.MakeAsync(key, request, cancellationToken);
            charged += attempt.Charged;
            Tally.Attempt(attempt.Outcome);
            if (attempt.RetryAfter is { } wanted) rate.PauseFor(wanted < policy.Patience ? wanted : policy.Patience);

            var pause = attempt.RetryAfter ?? Pause(number);
            var patient = number < policy.MostAttempts && time.GetElapsedTime(started) + pause <= policy.Patience && !_breaker.IsDown;
            if (!attempt.Outcome.MayPass() || !patient) return End(attempt, charged, number);

            // Where the endpoint named a time, all wait for it at the gate, and a little apart, so that they do not come back as one.
            await Task.Delay(attempt.RetryAfter is null ? pause : policy.FirstPause * jitter(), time, cancellationToken);
        }
    }

    private CallResult End(Attempt attempt, Spend charged, int number)
    {
        if (attempt.Outcome.IsAnswer() || attempt.OfThisRequest) _breaker.Heard();
        else if (attempt.Outcome != CallOutcome.OverBudget) _breaker.Failed();
        return new CallResult(attempt.Outcome, attempt.Answer, charged, number, attempt.Detail);
    }

    private TimeSpan Pause(int failed)
    {
        var full = policy.FirstPause * Math.Pow(2, failed - 1);
        return (full < policy.LongestPause ? full : policy.LongestPause) * (0.5 + (jitter() / 2));
    }
}
