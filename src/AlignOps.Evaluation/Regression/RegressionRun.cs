using System.Data.Common;
using AlignOps.Contracts;
using Dapper;

namespace AlignOps.Evaluation.Regression;

/// <summary>What the regression check reads of a run.</summary>
internal sealed class RegressionRun
{
    public string RunId { get; init; } = "";
    public string Pipeline { get; init; } = "";
    public string DefinitionDigest { get; init; } = "";
    public string State { get; init; } = "";
    public string? DatasetDigest { get; init; }
    public string? EvidenceDigest { get; init; }
    public string StartCheckpoint { get; init; } = "";
    public string? StartAdapter { get; init; }

    /// <summary>The model that its training began with.</summary>
    public ModelRef Start => new(StartCheckpoint, StartAdapter);

    public static async Task<RegressionRun?> FindAsync(DbConnection connection, DbTransaction? transaction, string runId, CancellationToken cancellationToken)
    {
        const string Sql = """
            select run.run_id as RunId, run.pipeline as Pipeline, run.definition_digest as DefinitionDigest, run.state as State, run.dataset_digest as DatasetDigest,
                   run.evidence_digest as EvidenceDigest, began.start_checkpoint as StartCheckpoint, began.start_adapter as StartAdapter
            from pipelines_v_runs run
            join pipelines_v_run_starts began on began.run_id = run.run_id
            where run.run_id = @runId
            """;
        return await connection.QuerySingleOrDefaultAsync<RegressionRun>(new CommandDefinition(Sql, new { runId }, transaction, cancellationToken: cancellationToken));
    }
}
