using System.Data.Common;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>Trials by id and by run.</summary>
internal static class TrialStore
{
    private const string Columns =
        "trial_id as TrialId, run_id as RunId, batch_id as BatchId, state as State, dataset_digest as DatasetDigest, evidence_digest as EvidenceDigest, reason as Reason, asked_by as AskedBy, at as At";

    public static async Task<Trial?> FindAsync(DbConnection connection, DbTransaction? transaction, string trialId, CancellationToken cancellationToken) =>
        await connection.QuerySingleOrDefaultAsync<Trial>(new CommandDefinition(
            $"select {Columns} from evaluation_trial where trial_id = @trialId", new { trialId }, transaction, cancellationToken: cancellationToken));

    public static async Task<IReadOnlyList<Trial>> OfRunAsync(DbConnection connection, string runId, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<Trial>(new CommandDefinition($"select {Columns} from evaluation_trial where run_id = @runId order by at, trial_id", new { runId }, cancellationToken: cancellationToken))];

    /// <summary>False where the trial is there already.</summary>
    public static async Task<bool> AddAsync(IUnitOfWork work, Trial trial, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_trial (trial_id, run_id, batch_id, state, dataset_digest, evidence_digest, reason, asked_by, at)
            values (@TrialId, @RunId, @BatchId, @State, @DatasetDigest, @EvidenceDigest, @Reason, @AskedBy, @At)
            on conflict (trial_id) do nothing
            """;
        return await work.Connection.ExecuteAsync(new CommandDefinition(Sql, trial, work.Transaction, cancellationToken: cancellationToken)) == 1;
    }

    public static Task MoveAsync(IUnitOfWork work, string trialId, string state, string? evidenceDigest, string reason, CancellationToken cancellationToken) =>
        work.Connection.ExecuteAsync(new CommandDefinition(
            "update evaluation_trial set state = @state, evidence_digest = @evidenceDigest, reason = @reason where trial_id = @trialId",
            new { trialId, state, evidenceDigest, reason }, work.Transaction, cancellationToken: cancellationToken));
}
