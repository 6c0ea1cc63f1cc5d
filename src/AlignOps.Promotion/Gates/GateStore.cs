using System.Data;
using System.Data.Common;
using AlignOps.Contracts;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Promotion.Gates;

/// <summary>Decisions by run.</summary>
internal static class GateStore
{
    public static async Task<GateRow?> FindAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken)
    {
        const string Sql = """
            select run_id as RunId, pipeline, decision, code, reason, record_digest as RecordDigest, win_rate as WinRate, lower, items, worst_slice as WorstSlice, decided_by as DecidedBy, at
            from promotion_gate where run_id = @runId
            """;
        return await connection.QuerySingleOrDefaultAsync<GateRow>(new CommandDefinition(Sql, new { runId }, transaction, cancellationToken: cancellationToken));
    }

    public static async Task AddAsync(IUnitOfWork work, GateRow row, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into promotion_gate (run_id, pipeline, decision, code, reason, record_digest, win_rate, lower, items, worst_slice, decided_by, at)
            values (@RunId, @Pipeline, @Decision, @Code, @Reason, @RecordDigest, @WinRate, @Lower, @Items, @WorstSlice, @DecidedBy, @At)
            """;
        await work.Connection.ExecuteAsync(new CommandDefinition(Sql, row, work.Transaction, cancellationToken: cancellationToken));
    }

    /// <summary>The pipeline's decisions so far.</summary>
    public static async Task<PastDecisions> CountAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        const string Sql = "select count(*) as Decisions, coalesce(sum(case when decision = 'promote' then 1 else 0 end), 0) as Promotions from promotion_gate where pipeline = @pipeline";
        return await work.Connection.QuerySingleAsync<PastDecisions>(new CommandDefinition(Sql, new { pipeline }, work.Transaction, cancellationToken: cancellationToken));
    }

    /// <summary>Replaces the decision of a run that awaited approval by what came of it.</summary>
    /// <exception cref="DBConcurrencyException">The run awaits none; the transaction must not commit.</exception>
    public static async Task CloseAsync(
        IUnitOfWork work, string runId, GateDecision decision, string code, string reason, string recordDigest, string decidedBy, long at, CancellationToken cancellationToken)
    {
        const string Sql = """
            update promotion_gate set decision = @name, code = @code, reason = @reason, record_digest = @recordDigest, decided_by = @decidedBy, at = @at
            where run_id = @runId and decision = 'awaiting-approval'
            """;
        var values = new { runId, name = Name(decision), code, reason, recordDigest, decidedBy, at };
        var closed = await work.Connection.ExecuteAsync(new CommandDefinition(Sql, values, work.Transaction, cancellationToken: cancellationToken));
        if (closed != 1) throw new DBConcurrencyException($"The gate of run {runId} awaits no approval.");
    }

    public static string Name(GateDecision decision) => decision switch
    {
        GateDecision.Promote => "promote",
        GateDecision.Reject => "reject",
        GateDecision.AwaitingApproval => "awaiting-approval",
        _ => "inconclusive",
    };

    public static GateDecision Parse(string name) => Enum.GetValues<GateDecision>().Single(decision => Name(decision) == name);
}
