using System.Data.Common;
using AlignOps.Promotion.Deployments.Policy;
using Dapper;

namespace AlignOps.Promotion.Deployments.Live;

/// <summary>What Serving has on record of a candidate's requests.</summary>
internal sealed class RequestCounts
{
    public long StageRequests { get; init; }
    public long Requests { get; init; }
    public long Errors { get; init; }
    public long Slow { get; init; }

    public static Task<RequestCounts> ReadAsync(DbConnection connection, DbTransaction? transaction, Deployment deployment, DeploymentSection policy, CancellationToken cancellationToken)
    {
        const string Sql = """
            select count(*) as Requests,
                   coalesce(sum(case when at >= @Since then 1 else 0 end), 0) as StageRequests,
                   coalesce(sum(failed), 0) as Errors,
                   coalesce(sum(case when @SlowMs > 0 and milliseconds > @SlowMs then 1 else 0 end), 0) as Slow
            from serving_v_inferences
            where deployment_id = @RunId and checkpoint = @Checkpoint and coalesce(adapter, '') = coalesce(@Adapter, '')
            """;
        return connection.QuerySingleAsync<RequestCounts>(new CommandDefinition(
            Sql, new { deployment.RunId, deployment.Checkpoint, deployment.Adapter, deployment.Since, policy.SlowMs }, transaction, cancellationToken: cancellationToken));
    }
}
