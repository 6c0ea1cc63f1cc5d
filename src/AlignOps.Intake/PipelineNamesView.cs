using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Intake;

/// <summary>The pipelines by the view that the pipelines service keeps, so that it may run in another process.</summary>
internal sealed class PipelineNamesView(IDatabase database) : IPipelineNames
{
    public async Task<IReadOnlyList<KnownPipeline>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Pipeline, string Digest)>(new CommandDefinition(
            "select pipeline, definition_digest from pipelines_v_definitions order by pipeline", cancellationToken: cancellationToken));
        return [.. rows.Select(row => new KnownPipeline(row.Pipeline, row.Digest))];
    }
}
