using AlignOps.Contracts;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Serving.Policies;

/// <summary>A champion as Promotion's view has it, with the definition its pipeline stands under now (null when none is loaded).</summary>
internal sealed record ChampionRow(string Pipeline, int Version, ModelRef Model, long Since, string? DefinitionDigest)
{
    public static async Task<IReadOnlyList<ChampionRow>> ReadAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var rows = await connection.QueryAsync<Columns>(new CommandDefinition(
            """
            select c.pipeline as Pipeline, c.version as Version, c.checkpoint as Checkpoint, c.adapter as Adapter, c.since as Since,
                   d.definition_digest as DefinitionDigest
            from promotion_v_champions c left join pipelines_v_definitions d on d.pipeline = c.pipeline
            order by c.pipeline
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new ChampionRow(row.Pipeline, row.Version, new ModelRef(row.Checkpoint, row.Adapter), row.Since, row.DefinitionDigest))];
    }

    /// <summary>A candidate has no version until it is champion.</summary>
    public static ChampionRow OfCandidate(CandidateRow candidate) => new(candidate.Pipeline, 0, candidate.Model, 0, null);

    private sealed class Columns
    {
        public string Pipeline { get; init; } = "";
        public int Version { get; init; }
        public string Checkpoint { get; init; } = "";
        public string? Adapter { get; init; }
        public long Since { get; init; }
        public string? DefinitionDigest { get; init; }
    }
}
