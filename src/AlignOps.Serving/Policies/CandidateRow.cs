using AlignOps.Contracts;
using AlignOps.Contracts.Registry;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Serving.Policies;

/// <summary>A deployment that concerns Serving, as Promotion's view has it: in shadow, in canary, or full and still watched.</summary>
/// <param name="RunId">The deployment's name; thumbs are accounted to it.</param>
/// <param name="Share">Of the requests in shadow, of the people in canary.</param>
internal sealed record CandidateRow(string Pipeline, string RunId, ModelRef Model, string Stage, double Share)
{
    public bool IsShadow => Stage == DeploymentStages.Shadow;

    public bool IsCanary => Stage == DeploymentStages.Canary;

    public static async Task<IReadOnlyList<CandidateRow>> ReadAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var rows = await connection.QueryAsync<Columns>(new CommandDefinition(
            """
            select pipeline as Pipeline, run_id as RunId, checkpoint as Checkpoint, adapter as Adapter, stage as Stage, share as Share
            from promotion_v_deployments where active = 1 and stage in ('shadow', 'canary', 'full')
            order by pipeline, started_at
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new CandidateRow(row.Pipeline, row.RunId, new ModelRef(row.Checkpoint, row.Adapter), row.Stage, row.Share))];
    }

    private sealed class Columns
    {
        public string Pipeline { get; init; } = "";
        public string RunId { get; init; } = "";
        public string Checkpoint { get; init; } = "";
        public string? Adapter { get; init; }
        public string Stage { get; init; } = "";
        public double Share { get; init; }
    }
}
