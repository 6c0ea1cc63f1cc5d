using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Deployments.Policy;
using AlignOps.Statistics.Betting;
using Dapper;

namespace AlignOps.Host.Demo;

/// <summary>Tells from the records when a canary was found out and when its customers were rid of it. Thumbs are counted again here, apart from the rule that acted.</summary>
internal static class RollbackStory
{
    /// <remarks>Asked once the old champion has answered one of the canary's customers again.</remarks>
    public static async Task<DemoRollback> ReadAsync(IServiceProvider services, string pipeline, string runId, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<IDatabase>().OpenReadAsync(cancellationToken);
        var digest = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select definition_digest from pipelines_v_definitions where pipeline = @pipeline", new { pipeline }, cancellationToken: cancellationToken));
        var policy = await services.GetRequiredService<IPipelineDefinitions>().SectionAsync<DeploymentSection>(digest, cancellationToken);
        var thumbs = (await connection.QueryAsync<Given>(new CommandDefinition(
            """
            select cluster_key as Cluster, role as Role, label as Label, at as At from serving_v_feedback
            where deployment_id = @runId and label in ('up', 'down') and forced = 0 order by at, feedback_id
            """,
            new { runId }, cancellationToken: cancellationToken))).DistinctBy(thumb => thumb.Cluster).ToArray();

        var process = new TwoSampleEProcess(policy.Margin, policy.Alpha);
        var crossing = thumbs.TakeWhile(_ => !process.Proven).Select(thumb =>
        {
            process.Observe(thumb.Role == "canary", thumb.Label == "down" ? 1 : 0);
            return thumb;
        }).ToArray();
        var answered = await connection.QuerySingleAsync<Counts>(new CommandDefinition(
            """
            select count(*) as Requests, coalesce(sum(case when role = 'canary' then 1 else 0 end), 0) as OfCanary,
                   (select min(a.at) from serving_v_inferences a
                    where a.pipeline = @pipeline and a.role = 'champion' and a.at >= @at
                      and a.cluster_key in (select c.cluster_key from serving_v_inferences c where c.deployment_id = @runId and c.role = 'canary')) as ReturnedAt
            from serving_v_inferences where deployment_id = @runId and role in ('champion', 'canary') and forced = 0 and at <= @at
            """,
            new { runId, pipeline, at = crossing[^1].At }, cancellationToken: cancellationToken));
        return new DemoRollback(
            crossing.Length, (int)answered.Requests, (int)answered.OfCanary, Math.Round(Math.Exp(process.LogValue), 1), 1 / policy.Alpha, answered.ReturnedAt - crossing[^1].At);
    }

    private sealed class Given
    {
        public string Cluster { get; init; } = "";
        public string Role { get; init; } = "";
        public string Label { get; init; } = "";
        public long At { get; init; }
    }

    private sealed class Counts
    {
        public long Requests { get; init; }
        public long OfCanary { get; init; }
        public long ReturnedAt { get; init; }
    }
}
