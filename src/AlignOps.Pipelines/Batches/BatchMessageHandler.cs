using AlignOps.Contracts.Batches;
using AlignOps.Pipelines.Runs;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Platform.Telemetry;
using Microsoft.Extensions.Logging;

namespace AlignOps.Pipelines.Batches;

/// <summary>A batch arrives, or a person lets one back in.</summary>
internal sealed partial class BatchMessageHandler(BatchStore batches, RunStarter starter, ITraces traces, ILogger<BatchMessageHandler> logger) :
    IHandle<BatchAccepted>,
    IHandle<BatchReleased>
{
    public async Task HandleAsync(BatchAccepted message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await PipelineTurn.TakeAsync(work, message.Pipeline, cancellationToken);
        await batches.AddAsync(work, message, cancellationToken);
        await traces.KeepAsync(work, message.BatchId, cancellationToken);
        await starter.StartNextAsync(work, message.Pipeline, cancellationToken);
    }

    /// <summary>A released batch runs alone: if it was held for cause, it takes no other batch down with it.</summary>
    public async Task HandleAsync(BatchReleased message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await PipelineTurn.TakeAsync(work, message.Pipeline, cancellationToken);
        if (await batches.FindAsync(work, message.BatchId, cancellationToken) is not { } batch || !batch.IsReleasable)
        {
            LogNotReleasable(message.BatchId, message.ReleasedBy);
            return;
        }

        var released = new BatchTransition(batch.BatchId, BatchState.Waiting, $"released: by {message.ReleasedBy}: {message.Reason}", Alone: true);
        await batches.ApplyAsync(work, [released], cancellationToken);
        await starter.StartNextAsync(work, message.Pipeline, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Batch {BatchId} was released by {ReleasedBy}, but it is not held or undecided any more")]
    private partial void LogNotReleasable(string batchId, string releasedBy);
}
