using AlignOps.Contracts.Batches;
using AlignOps.Pipelines.Batches;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AlignOps.Pipelines.Http;

internal static class BatchEndpoints
{
    private const int LongestReason = 1000;

    /// <summary><c>GET /v1/pipelines/{pipeline}/batches/states</c>, oldest first.</summary>
    public static async Task<Ok<IReadOnlyList<BatchStateView>>> ListAsync(PipelineQueries queries, string pipeline, CancellationToken cancellationToken) =>
        TypedResults.Ok(await queries.BatchesAsync(pipeline, cancellationToken));

    /// <summary><c>POST /v1/batches/{batchId}/release</c>: lets a held or undecided batch run again, alone.</summary>
    public static async Task<Results<Accepted<BatchReleaseAccepted>, ProblemHttpResult>> ReleaseAsync(
        HttpContext context, IDatabase database, BatchStore batches, string batchId, ReleaseRequest? request, CancellationToken cancellationToken)
    {
        var reason = request?.Reason?.Trim();
        if (string.IsNullOrEmpty(reason) || reason.Length > LongestReason)
        {
            return Refusal.Invalid("missing-reason", $"Say in 'reason' why the batch may go on, in at most {LongestReason} characters; it stays on its record.");
        }

        return await database.WriteAsync<Results<Accepted<BatchReleaseAccepted>, ProblemHttpResult>>(async (work, token) =>
        {
            if (await batches.FindAsync(work, batchId, token) is not { } batch)
            {
                return Refusal.NotFound("unknown-batch", $"There is no batch '{batchId}'.");
            }

            if (batch.State is not (BatchState.Held or BatchState.Undecided))
            {
                return Refusal.Conflict("not-held", $"Batch {batchId} is {batch.State}; only a held or undecided batch can be released.");
            }

            if (!batch.IsReleasable)
            {
                return Refusal.Conflict("nothing-to-learn", $"Batch {batchId} has no accepted row, so there is nothing to learn from it.");
            }

            var released = new BatchReleased(batchId, batch.Pipeline, context.User.Identity?.Name ?? "anonymous", reason);
            await work.PublishAsync(released, $"{batchId}/release/{batch.Attempts}", token);
            return TypedResults.Accepted($"/v1/pipelines/{batch.Pipeline}/batches/states", new BatchReleaseAccepted(batchId, batch.Pipeline, reason));
        }, cancellationToken);
    }
}
