using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Serving.Feedback;

internal sealed class FeedbackStore(IDatabase database, TimeProvider clock)
{
    /// <summary>Records a feedback and returns its id; null when no such answer is on record.</summary>
    public Task<string?> AddAsync(FeedbackRequest feedback, string givenBy, CancellationToken cancellationToken) =>
        database.WriteAsync(async (work, token) =>
        {
            var now = clock.GetUtcNow();
            var id = $"feedback-{Guid.CreateVersion7(now):N}";
            var added = await work.Connection.ExecuteAsync(new CommandDefinition(
                """
                insert into serving_feedback (feedback_id, inference_id, pipeline, label, score, comment, given_by, at, role, checkpoint, adapter, deployment_id, cluster_key, forced)
                select @id, inference_id, pipeline, @Label, @Score, @Text, @givenBy, @now, role, checkpoint, adapter, deployment_id, cluster_key, forced
                from serving_inference where inference_id = @InferenceId
                """,
                new { id, feedback.InferenceId, feedback.Label, feedback.Score, feedback.Text, givenBy, now = now.ToUnixTimeMilliseconds() },
                work.Transaction, cancellationToken: token));
            return added == 1 ? id : null;
        }, cancellationToken);
}
