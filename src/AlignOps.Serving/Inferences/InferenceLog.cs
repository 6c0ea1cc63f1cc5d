using System.Threading.Channels;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.Logging;

namespace AlignOps.Serving.Inferences;

/// <summary>
/// Writes answers to the database before they are given out. Those that arrive while a transaction is under way share the next one, so that
/// a crowd costs a commit a batch and not a commit an answer.
/// </summary>
internal sealed partial class InferenceLog : IAsyncDisposable
{
    private const int MaxBatch = 200;

    private readonly IDatabase _database;
    private readonly ILogger<InferenceLog> _logger;
    private readonly Channel<Entry> _queue = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    public InferenceLog(IDatabase database, ILogger<InferenceLog> logger)
    {
        _database = database;
        _logger = logger;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Completes when the answer is on record. False when the database did not take it: the answer stands, but feedback on it will not find it.</summary>
    public async Task<bool> WriteAsync(Inference inference)
    {
        var entry = new Entry(inference, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _queue.Writer.TryWrite(entry) && await entry.Written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var batch = new List<Entry>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            var written = await WriteAsync(batch);
            batch.ForEach(entry => entry.Written.SetResult(written));
        }
    }

    private async Task<bool> WriteAsync(List<Entry> batch)
    {
        try
        {
            await _database.WriteAsync(
                (work, _) => work.Connection.ExecuteAsync(
                    """
                    insert into serving_inference
                        (inference_id, pipeline, version, at, prompt_tokens, completion_tokens, finish_reason, asked_by, request, answer,
                         role, checkpoint, adapter, deployment_id, cluster_key, forced, milliseconds, error)
                    values
                        (@InferenceId, @Pipeline, @Version, @At, @PromptTokens, @CompletionTokens, @FinishReason, @AskedBy, @Request, @Answer,
                         @Role, @Checkpoint, @Adapter, @DeploymentId, @ClusterKey, @Forced, @Milliseconds, @Error)
                    """,
                    batch.ConvertAll(entry => entry.Inference), work.Transaction),
                CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            LogFailed(exception, batch.Count);
            return false;
        }
    }

    private sealed record Entry(Inference Inference, TaskCompletionSource<bool> Written);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} answers could not be put on record; feedback on them will not find them")]
    private partial void LogFailed(Exception exception, int count);
}
