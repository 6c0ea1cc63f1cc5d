using System.Data;
using System.Data.Common;
using AlignOps.Contracts;
using AlignOps.Contracts.Registry;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Audit;
using Dapper;

namespace AlignOps.Promotion.Registry;

/// <summary>The one place that changes champions. Every change is a compare-and-set with its history row, its audit entry and its event in one transaction.</summary>
internal sealed class ChampionRegistry(AuditLog audit, TimeProvider time)
{
    public async Task<Champion?> FindAsync(DbConnection connection, DbTransaction? transaction, string pipeline, CancellationToken cancellationToken)
    {
        const string Sql = """
            select pipeline, checkpoint, adapter, version, anchor_checkpoint as AnchorCheckpoint, anchor_adapter as AnchorAdapter,
                   cause, decided_by as DecidedBy, since, held_by as HeldBy, held_reason as HeldReason, held_how as HeldHow
            from promotion_champion where pipeline = @pipeline
            """;
        var row = await connection.QuerySingleOrDefaultAsync<ChampionRow>(new CommandDefinition(Sql, new { pipeline }, transaction, cancellationToken: cancellationToken));
        return row?.ToChampion();
    }

    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(DbConnection connection, DbTransaction? transaction, string pipeline, CancellationToken cancellationToken)
    {
        const string Sql = """
            select version, checkpoint, adapter, cause, decided_by as DecidedBy, reason, run_id as RunId, record_digest as RecordDigest, restores, at
            from promotion_history where pipeline = @pipeline order by version
            """;
        var rows = await connection.QueryAsync<HistoryRow>(new CommandDefinition(Sql, new { pipeline }, transaction, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToEntry())];
    }

    /// <param name="present">The champion that the change was decided against; null where the pipeline had none.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="DBConcurrencyException">The champion is another one by now; the transaction must not commit.</exception>
    public async Task<int> ChangeAsync(IUnitOfWork work, ChampionChange change, Champion? present, CancellationToken cancellationToken)
    {
        var version = (present?.Version ?? 0) + 1;
        var anchor = change.SetsAnchor || present is null ? change.Model : present.Anchor;
        var values = new
        {
            change.Pipeline,
            change.Model.Checkpoint,
            change.Model.Adapter,
            version,
            present = present?.Version ?? 0,
            anchorCheckpoint = anchor.Checkpoint,
            anchorAdapter = anchor.Adapter,
            change.Cause,
            change.DecidedBy,
            change.Reason,
            change.RunId,
            change.RecordDigest,
            change.Restores,
            heldBy = change.Holds ? change.DecidedBy : present?.HeldBy,
            heldReason = change.Holds ? change.Reason : present?.HeldReason,
            heldHow = change.Holds ? Champion.ByRollback : present?.HeldHow,
            at = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };

        var changed = await work.Connection.ExecuteAsync(new CommandDefinition(present is null ? Insert : CompareAndSet, values, work.Transaction, cancellationToken: cancellationToken));
        if (changed != 1) throw new DBConcurrencyException($"The champion of {change.Pipeline} changed while version {version} was being decided.");

        await work.Connection.ExecuteAsync(new CommandDefinition(InsertHistory, values, work.Transaction, cancellationToken: cancellationToken));
        var content = new { version, change.Model, previous = present?.Model, anchor, change.Reason, change.RunId, change.RecordDigest, change.Restores };
        await audit.AppendAsync(work, change.DecidedBy, $"champion-{change.Cause}", change.Pipeline, content, cancellationToken);
        await work.PublishAsync(new ModelPromoted(change.Pipeline, change.Model, version, change.Cause), $"{change.Pipeline}/champion/{version}", cancellationToken);
        return version;
    }

    /// <summary>Stops promotions until a person releases them.</summary>
    /// <param name="how"><see cref="Champion.ByHold"/>, or <see cref="Champion.ByRollback"/> where a person took back a candidate.</param>
    public async Task HoldAsync(IUnitOfWork work, Champion champion, string heldBy, string reason, string how, CancellationToken cancellationToken)
    {
        await work.Connection.ExecuteAsync(new CommandDefinition(
            "update promotion_champion set held_by = @heldBy, held_reason = @reason, held_how = @how where pipeline = @Pipeline",
            new { champion.Pipeline, heldBy, reason, how }, work.Transaction, cancellationToken: cancellationToken));
        await audit.AppendAsync(work, heldBy, "hold-set", champion.Pipeline, new { champion.Version, how, reason }, cancellationToken);
    }

    public async Task ReleaseHoldAsync(IUnitOfWork work, Champion champion, string releasedBy, string reason, CancellationToken cancellationToken)
    {
        await work.Connection.ExecuteAsync(new CommandDefinition(
            "update promotion_champion set held_by = null, held_reason = null, held_how = null where pipeline = @Pipeline", new { champion.Pipeline }, work.Transaction, cancellationToken: cancellationToken));
        await audit.AppendAsync(work, releasedBy, "hold-released", champion.Pipeline, new { champion.Version, champion.HeldBy, champion.HeldReason, reason }, cancellationToken);
    }

    private const string Insert = """
        insert into promotion_champion (pipeline, checkpoint, adapter, version, anchor_checkpoint, anchor_adapter, cause, decided_by, since, held_by, held_reason, held_how)
        values (@Pipeline, @Checkpoint, @Adapter, @version, @anchorCheckpoint, @anchorAdapter, @Cause, @DecidedBy, @at, @heldBy, @heldReason, @heldHow)
        on conflict (pipeline) do nothing
        """;

    private const string CompareAndSet = """
        update promotion_champion
        set checkpoint = @Checkpoint, adapter = @Adapter, version = @version, anchor_checkpoint = @anchorCheckpoint, anchor_adapter = @anchorAdapter,
            cause = @Cause, decided_by = @DecidedBy, since = @at, held_by = @heldBy, held_reason = @heldReason, held_how = @heldHow
        where pipeline = @Pipeline and version = @present
        """;

    private const string InsertHistory = """
        insert into promotion_history (pipeline, version, checkpoint, adapter, cause, decided_by, reason, run_id, record_digest, restores, at)
        values (@Pipeline, @version, @Checkpoint, @Adapter, @Cause, @DecidedBy, @Reason, @RunId, @RecordDigest, @Restores, @at)
        """;
}
