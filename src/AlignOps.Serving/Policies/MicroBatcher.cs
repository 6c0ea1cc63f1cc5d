using System.Threading.Channels;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Serving.Policies;

/// <summary>
/// Stands in front of a policy that takes one caller at a time: requests queue up while a batch is generated and go together in the next one.
/// The queue is bounded, so that a crowd is told at once instead of waiting for ever.
/// </summary>
internal sealed class MicroBatcher : IAsyncDisposable
{
    private readonly IPolicyModel _model;
    private readonly int _maxBatch;
    private readonly Channel<Ask> _queue;
    private readonly Task _loop;

    public MicroBatcher(IPolicyModel model, int queueCapacity, int maxBatch)
    {
        _model = model;
        _maxBatch = maxBatch;
        _queue = Channel.CreateBounded<Ask>(new BoundedChannelOptions(queueCapacity) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Queues a request; null when the queue is full.</summary>
    public Task<GenerationResult>? TryAsk(GenerationRequest request, CancellationToken cancellationToken)
    {
        var ask = new Ask(request, cancellationToken);
        return _queue.Writer.TryWrite(ask) ? ask.Answer : null;
    }

    /// <summary>Takes no more requests, answers those queued, and disposes the model.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _model.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Ask>(_maxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < _maxBatch && _queue.Reader.TryRead(out var ask))
            {
                if (ask.Cancellation.IsCancellationRequested)
                {
                    ask.Cancel();
                }
                else
                {
                    batch.Add(ask);
                }
            }

            if (batch.Count > 0)
            {
                Generate(batch);
            }
        }
    }

    private void Generate(List<Ask> batch)
    {
        // Work is given up only when nobody in the batch waits for it any more.
        using var abandoned = new CancellationTokenSource();
        var waiting = batch.Count;
        var registrations = batch.ConvertAll(ask => ask.Cancellation.Register(() =>
        {
            if (Interlocked.Decrement(ref waiting) == 0)
            {
                abandoned.Cancel();
            }
        }));
        try
        {
            var results = _model.Generate(batch.ConvertAll(ask => ask.Request), abandoned.Token);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Complete(results[i]);
            }
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            batch.ForEach(ask => ask.Cancel());
        }
        catch (Exception exception)
        {
            // The loop outlives a failed batch: each of its requests is told, and the next batch is tried.
            batch.ForEach(ask => ask.Fail(exception));
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }
}
