using System.Threading.Channels;
using AlignOps.Pipelines.Schedules;

namespace AlignOps.Tests.Pipelines.Compliance;

/// <summary>Takes down every firing; can hold them in the job, as a process that dies there does, or fail them.</summary>
internal sealed class RecordingFiring : IScheduleFiring
{
    private readonly Channel<(string Pipeline, DateTimeOffset PlannedAt)> _firings = Channel.CreateUnbounded<(string, DateTimeOffset)>();
    private TaskCompletionSource? _held;
    private int _failures;

    public bool None => _firings.Reader.Count == 0;

    public async Task<(string Pipeline, DateTimeOffset PlannedAt)> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _firings.Reader.ReadAsync(limit.Token);
    }

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held!.SetResult();

    public void FailNext(int times) => _failures = times;

    public async Task FireAsync(string pipeline, DateTimeOffset plannedAt, CancellationToken cancellationToken)
    {
        _firings.Writer.TryWrite((pipeline, plannedAt));
        if (_failures-- > 0)
        {
            throw new IOException("The database is away.");
        }

        await (_held?.Task ?? Task.CompletedTask);
    }
}
