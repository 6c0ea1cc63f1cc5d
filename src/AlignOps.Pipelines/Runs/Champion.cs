using AlignOps.Contracts;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Runs;

/// <summary>A pipeline's policy in production and the frozen one it may not fall behind, as Promotion's view has them.</summary>
internal sealed record Champion(ModelRef Model, ModelRef Anchor)
{
    public static async Task<Champion?> ReadAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken)
    {
        var row = await work.FirstOrDefaultAsync<ChampionRow>(
            """
            select checkpoint as Checkpoint, adapter as Adapter, anchor_checkpoint as AnchorCheckpoint, anchor_adapter as AnchorAdapter
            from promotion_v_champions where pipeline = @pipeline
            """,
            new { pipeline }, cancellationToken);
        return row is null ? null : new Champion(new ModelRef(row.Checkpoint, row.Adapter), new ModelRef(row.AnchorCheckpoint, row.AnchorAdapter));
    }

    private sealed class ChampionRow
    {
        public string Checkpoint { get; init; } = "";
        public string? Adapter { get; init; }
        public string AnchorCheckpoint { get; init; } = "";
        public string? AnchorAdapter { get; init; }
    }
}
