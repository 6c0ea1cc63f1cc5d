using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.People.Rounds;

/// <summary>Rounds by run.</summary>
internal static class RoundStore
{
    private const string Columns = """
        run_id as RunId, pipeline as Pipeline, evidence_digest as EvidenceDigest, wanted as Wanted, people_each as PeopleEach, for_gate as ForGate, state as State,
        asked_by as AskedBy, opened_at as OpenedAt, closes_at as ClosesAt, closed_at as ClosedAt
        """;

    public static async Task<LabelRound?> FindAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<LabelRound>(new CommandDefinition(
            $"select {Columns} from evaluation_label_round where run_id = @runId", new { runId }, transaction, cancellationToken: cancellationToken));

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<LabelRound>> ListAsync(DbConnection connection, string? pipeline, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<LabelRound>(new CommandDefinition(
            $"select {Columns} from evaluation_label_round where cast(@pipeline as text) is null or pipeline = @pipeline order by opened_at desc, run_id limit 200",
            new { pipeline }, cancellationToken: cancellationToken))];

    public static async Task<IReadOnlyList<string>> DueAsync(DbConnection connection, long now, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<string>(new CommandDefinition(
            "select run_id from evaluation_label_round where state = 'open' and closes_at < @now", new { now }, cancellationToken: cancellationToken))];

    public static async Task<bool> AnyClaimOverAsync(DbConnection connection, long now, CancellationToken cancellationToken) =>
        await connection.QueryFirstOrDefaultAsync<int?>(new CommandDefinition(
            "select 1 from evaluation_label_answer where state = 'claimed' and until_at < @now limit 1", new { now }, cancellationToken: cancellationToken)) is not null;

    /// <summary>False where the run has a round already.</summary>
    public static async Task<bool> AddAsync(IUnitOfWork work, LabelRound round, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_label_round (run_id, pipeline, evidence_digest, wanted, people_each, for_gate, state, asked_by, opened_at, closes_at, closed_at)
            values (@RunId, @Pipeline, @EvidenceDigest, @Wanted, @PeopleEach, @ForGate, @State, @AskedBy, @OpenedAt, @ClosesAt, @ClosedAt)
            on conflict (run_id) do nothing
            """;
        return await work.Connection.ExecuteAsync(new CommandDefinition(Sql, round, work.Transaction, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>Ends a round and all that nobody has answered; true for the one that ended it.</summary>
    public static async Task<bool> CloseAsync(IUnitOfWork work, string runId, long now, CancellationToken cancellationToken)
    {
        const string Round = "update evaluation_label_round set state = 'closed', closed_at = @now where run_id = @runId and state = 'open'";
        const string Rest = """
            update evaluation_label_answer set state = 'expired', ended_at = @now
            where state = 'claimed' and item_id in (select item_id from evaluation_label_item where run_id = @runId);
            update evaluation_label_item set state = 'expired' where run_id = @runId and state in ('waiting', 'claimed');
            """;
        if (await work.Connection.ExecuteAsync(new CommandDefinition(Round, new { runId, now }, work.Transaction, cancellationToken: cancellationToken)) == 0) return false;
        await work.Connection.ExecuteAsync(new CommandDefinition(Rest, new { runId, now }, work.Transaction, cancellationToken: cancellationToken));
        return true;
    }
}
