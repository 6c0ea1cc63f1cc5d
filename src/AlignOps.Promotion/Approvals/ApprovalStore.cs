using System.Data;
using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Promotion.Approvals;

/// <summary>Requests for approval and the answers to them; written in the service's turn.</summary>
internal static class ApprovalStore
{
    private const string Columns =
        """
        run_id as RunId, pipeline as Pipeline, needed as Needed, role as Role, champion_version as ChampionVersion, batch_ids as BatchIds, state as State,
        approved_by as ApprovedBy, reason as Reason, opened_at as OpenedAt, expires_at as ExpiresAt, ended_at as EndedAt
        """;

    public static Task AddAsync(IUnitOfWork work, ApprovalRow row, CancellationToken cancellationToken) => ExecuteAsync(
        work,
        """
        insert into promotion_approval (run_id, pipeline, needed, role, champion_version, batch_ids, state, approved_by, reason, opened_at, expires_at)
        values (@RunId, @Pipeline, @Needed, @Role, @ChampionVersion, @BatchIds, @State, @ApprovedBy, @Reason, @OpenedAt, @ExpiresAt)
        """,
        row, cancellationToken);

    public static async Task<ApprovalRow?> FindAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<ApprovalRow>(new CommandDefinition(
            $"select {Columns} from promotion_approval where run_id = @runId", new { runId }, transaction, cancellationToken: cancellationToken));

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<ApprovalRow>> ListAsync(DbConnection connection, string? pipeline, string? state, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<ApprovalRow>(new CommandDefinition(
            $"""
            select {Columns} from promotion_approval
            where (cast(@pipeline as text) is null or pipeline = @pipeline) and (cast(@state as text) is null or state = @state)
            order by opened_at desc, run_id limit 200
            """,
            new { pipeline, state }, cancellationToken: cancellationToken))).AsList();

    /// <summary>Runs whose time is over, or whose champion is another one by now.</summary>
    public static async Task<IReadOnlyList<string>> LapsedAsync(DbConnection connection, long now, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select a.run_id from promotion_approval a left join promotion_champion c on c.pipeline = a.pipeline
            where a.state = 'awaiting' and (a.expires_at <= @now or c.version is null or c.version <> a.champion_version)
            """,
            new { now }, cancellationToken: cancellationToken))).AsList();

    /// <summary>Earliest first.</summary>
    public static async Task<IReadOnlyList<ApprovalVote>> VotesAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<VoteRow>(new CommandDefinition(
            "select person as Person, answer as Answer, reason as Reason, at as At from promotion_approval_vote where run_id = @runId order by at, person",
            new { runId }, transaction, cancellationToken: cancellationToken))).Select(row => row.ToVote())];

    /// <summary>A person's last answer is the one that counts; the audit log keeps each.</summary>
    public static async Task VoteAsync(IUnitOfWork work, string runId, ApprovalVote vote, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            work,
            """
            insert into promotion_approval_vote (run_id, person, answer, reason, at) values (@runId, @Person, @Answer, @Reason, @at)
            on conflict (run_id, person) do update set answer = excluded.answer, reason = excluded.reason, at = excluded.at
            """,
            new { runId, vote.Person, vote.Answer, vote.Reason, at = vote.At.ToUnixTimeMilliseconds() }, cancellationToken);
        var approvers = (await VotesAsync(work.Connection, work.Transaction, runId, cancellationToken)).Where(one => one.Answer == ApprovalVote.Approve).Select(one => one.Person);
        await ExecuteAsync(
            work, "update promotion_approval set approved_by = @approvedBy where run_id = @runId", new { runId, approvedBy = string.Join(", ", approvers) }, cancellationToken);
    }

    /// <exception cref="DBConcurrencyException">It was ended already; the transaction must not commit.</exception>
    public static async Task EndAsync(IUnitOfWork work, string runId, string state, string reason, long at, CancellationToken cancellationToken)
    {
        var ended = await ExecuteAsync(
            work,
            "update promotion_approval set state = @state, reason = @reason, ended_at = @at where run_id = @runId and state = 'awaiting'",
            new { runId, state, reason, at }, cancellationToken);
        if (ended != 1) throw new DBConcurrencyException($"The approval of run {runId} was ended by someone else.");
    }

    /// <summary>Who pushed any of these batches, by Intake's record.</summary>
    public static async Task<IReadOnlySet<string>> PushersAsync(IUnitOfWork work, IReadOnlyList<string> batches, CancellationToken cancellationToken)
    {
        var pushers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            pushers.UnionWith(await work.Connection.QueryAsync<string>(new CommandDefinition(
                "select pushed_by from intake_v_batches where batch_id = @batch", new { batch }, work.Transaction, cancellationToken: cancellationToken)));
        }

        return pushers;
    }

    private static Task<int> ExecuteAsync(IUnitOfWork work, string sql, object parameters, CancellationToken cancellationToken) =>
        work.Connection.ExecuteAsync(new CommandDefinition(sql, parameters, work.Transaction, cancellationToken: cancellationToken));
}
