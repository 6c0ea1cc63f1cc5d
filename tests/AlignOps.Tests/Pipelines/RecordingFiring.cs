using System.Threading.Channels;
using AlignOps.Pipelines.Schedules;

namespace AlignOps.Tests.Pipelines;

internal sealed class RecordingFiring : IScheduleFiring
{
    private readonly Channel<(string Pipeline, DateTimeOffset PlannedAt)> _firings = Channel.CreateUnbounded<(string, DateTimeOffset)>();

    public async Task<(string Pipeline, DateTimeOffset PlannedAt)> NextAsync() =>
        await _firings.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

    public bool None => _firings.Reader.Count == 0;

    public Task FireAsync(string pipeline, DateTimeOffset plannedAt, CancellationToken cancellationToken) =>
        _firings.Writer.WriteAsync((pipeline, plannedAt), cancellationToken).AsTask();
}
