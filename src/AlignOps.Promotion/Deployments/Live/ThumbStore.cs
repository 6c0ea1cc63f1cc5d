using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Promotion.Deployments.Live;

/// <summary>Takes thumbs from Serving's view into rows of our own, each answer's first, in an order that then stands.</summary>
internal static class ThumbStore
{
    /// <summary>How much later than its time a thumb may appear: another process's transaction may commit after a younger one.</summary>
    private const long LateMilliseconds = 60_000;

    private const int AtOnce = 5000;

    /// <summary>Rows after the tally's last, in order; all of them after a restart.</summary>
    public static async Task CatchUpAsync(IUnitOfWork work, string runId, ThumbTally tally, CancellationToken cancellationToken)
    {
        const string Sql = """
            select run_id as RunId, seq as Seq, inference_id as InferenceId, cluster_key as ClusterKey, arm as Arm, down as Down, counted as Counted, at as At
            from promotion_deployment_thumb where run_id = @runId and seq > @LastSeq order by seq
            """;
        foreach (var thumb in await work.Connection.QueryAsync<Thumb>(new CommandDefinition(Sql, new { runId, tally.LastSeq }, work.Transaction, cancellationToken: cancellationToken)))
        {
            tally.Take(thumb);
        }
    }

    /// <summary>Takes in what has come since. An answer's second thumb, and thumbs for answers that were asked of one model by name, never count.</summary>
    public static async Task<int> TakeAsync(IUnitOfWork work, Deployment deployment, ThumbTally tally, CancellationToken cancellationToken)
    {
        var taken = new List<Thumb>();
        foreach (var row in await NewAsync(work.Connection, work.Transaction, deployment, tally, cancellationToken))
        {
            if (taken.Exists(thumb => thumb.InferenceId == row.InferenceId)) continue;

            var own = row.Checkpoint == deployment.Checkpoint && row.Adapter == deployment.Adapter;
            var thumb = new Thumb
            {
                RunId = deployment.RunId,
                Seq = tally.LastSeq + 1,
                InferenceId = row.InferenceId,
                ClusterKey = row.ClusterKey,
                Arm = !own ? Thumb.OfChampion : row.Role == "canary" ? Thumb.OfCanary : Thumb.OfFull,
                Down = row.Label == "down" ? 1 : 0,
                Counted = tally.IsNew(row.ClusterKey) ? 1 : 0,
                At = row.At,
            };
            tally.Take(thumb);
            taken.Add(thumb);
        }

        const string Sql = """
            insert into promotion_deployment_thumb (run_id, seq, inference_id, cluster_key, arm, down, counted, at)
            values (@RunId, @Seq, @InferenceId, @ClusterKey, @Arm, @Down, @Counted, @At)
            """;
        await work.Connection.ExecuteAsync(new CommandDefinition(Sql, taken, work.Transaction, cancellationToken: cancellationToken));
        return taken.Count;
    }

    private static async Task<IEnumerable<Given>> NewAsync(DbConnection connection, DbTransaction transaction, Deployment deployment, ThumbTally tally, CancellationToken cancellationToken)
    {
        const string Sql = """
            select f.inference_id as InferenceId, f.cluster_key as ClusterKey, f.role as Role, f.checkpoint as Checkpoint, f.adapter as Adapter, f.label as Label, f.at as At
            from serving_v_feedback f
            where f.deployment_id = @RunId and f.at >= @since and f.label in ('up', 'down') and f.forced = 0
              and not exists (select 1 from promotion_deployment_thumb t where t.run_id = @RunId and t.inference_id = f.inference_id)
            order by f.at, f.feedback_id limit @AtOnce
            """;
        return await connection.QueryAsync<Given>(new CommandDefinition(
            Sql, new { deployment.RunId, since = tally.LastAt - LateMilliseconds, AtOnce }, transaction, cancellationToken: cancellationToken));
    }

    /// <summary>A row of Serving's view.</summary>
    private sealed class Given
    {
        public string InferenceId { get; init; } = "";
        public string ClusterKey { get; init; } = "";
        public string Role { get; init; } = "";
        public string Checkpoint { get; init; } = "";
        public string? Adapter { get; init; }
        public string Label { get; init; } = "";
        public long At { get; init; }
    }
}
