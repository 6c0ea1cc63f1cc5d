using System.Data;
using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Promotion.Deployments;

/// <summary>Deployments by run; written in the service's turn.</summary>
internal static class DeploymentStore
{
    private const string Columns =
        """
        run_id as RunId, pipeline as Pipeline, definition_digest as DefinitionDigest, checkpoint as Checkpoint, adapter as Adapter,
        champion_checkpoint as ChampionCheckpoint, champion_adapter as ChampionAdapter, champion_version as ChampionVersion,
        record_digest as RecordDigest, promoted_by as PromotedBy, promoted_because as PromotedBecause, stage as Stage, step as Step, share as Share,
        active as Active, version as Version, revision as Revision, since as Since, started_at as StartedAt, metric as Metric, e_value as EValue, bound as Bound,
        thumbs_up as ThumbsUp, thumbs_down as ThumbsDown, champion_thumbs_up as ChampionThumbsUp, champion_thumbs_down as ChampionThumbsDown,
        champion_limit as ChampionLimit, requests as Requests, reason as Reason, decided_by as DecidedBy
        """;

    public static Task<Deployment?> FindAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<Deployment?>(new CommandDefinition(
            $"select {Columns} from promotion_deployment where run_id = @runId", new { runId }, transaction, cancellationToken: cancellationToken));

    /// <summary>Those that something is still to be done about, oldest first; of one pipeline where it is named.</summary>
    public static async Task<IReadOnlyList<Deployment>> ActiveAsync(DbConnection connection, DbTransaction? transaction, string? pipeline, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<Deployment>(new CommandDefinition(
            $"select {Columns} from promotion_deployment where active = 1 and (cast(@pipeline as text) is null or pipeline = @pipeline) order by started_at, run_id",
            new { pipeline }, transaction, cancellationToken: cancellationToken))).AsList();

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<Deployment>> ListAsync(DbConnection connection, string pipeline, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<Deployment>(new CommandDefinition(
            $"select {Columns} from promotion_deployment where pipeline = @pipeline order by started_at desc, run_id limit 100",
            new { pipeline }, cancellationToken: cancellationToken))).AsList();

    public static Task AddAsync(IUnitOfWork work, Deployment deployment, CancellationToken cancellationToken) => work.Connection.ExecuteAsync(new CommandDefinition(
        """
        insert into promotion_deployment (
            run_id, pipeline, definition_digest, checkpoint, adapter, champion_checkpoint, champion_adapter, champion_version, record_digest, promoted_by, promoted_because,
            stage, step, share, active, version, revision, since, started_at, metric, e_value, bound, thumbs_up, thumbs_down, champion_thumbs_up, champion_thumbs_down,
            champion_limit, requests, reason, decided_by)
        values (
            @RunId, @Pipeline, @DefinitionDigest, @Checkpoint, @Adapter, @ChampionCheckpoint, @ChampionAdapter, @ChampionVersion, @RecordDigest, @PromotedBy, @PromotedBecause,
            @Stage, @Step, @Share, @Active, @Version, @Revision, @Since, @StartedAt, @Metric, @EValue, @Bound, @ThumbsUp, @ThumbsDown, @ChampionThumbsUp, @ChampionThumbsDown,
            @ChampionLimit, @Requests, @Reason, @DecidedBy)
        """,
        deployment, work.Transaction, cancellationToken: cancellationToken));

    /// <summary>Writes the next state of a deployment; its revision is the former one's plus 1.</summary>
    /// <exception cref="DBConcurrencyException">Someone else saved it meanwhile; the transaction must not commit.</exception>
    public static async Task SaveAsync(IUnitOfWork work, Deployment next, CancellationToken cancellationToken)
    {
        const string Sql = """
            update promotion_deployment
            set stage = @Stage, step = @Step, share = @Share, active = @Active, version = @Version, revision = @Revision, since = @Since, metric = @Metric, e_value = @EValue, bound = @Bound,
                thumbs_up = @ThumbsUp, thumbs_down = @ThumbsDown, champion_thumbs_up = @ChampionThumbsUp, champion_thumbs_down = @ChampionThumbsDown,
                champion_limit = @ChampionLimit, requests = @Requests, reason = @Reason, decided_by = @DecidedBy
            where run_id = @RunId and revision = @Revision - 1
            """;
        var saved = await work.Connection.ExecuteAsync(new CommandDefinition(Sql, next, work.Transaction, cancellationToken: cancellationToken));
        if (saved != 1) throw new DBConcurrencyException($"The deployment of run {next.RunId} changed while it was being decided.");
    }
}
