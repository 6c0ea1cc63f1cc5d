using System.Text.Json;
using AlignOps.Pipelines.Storage;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Definitions;

/// <summary>The definitions that stand now, for other services to read. What a run is held to is the digest it started with.</summary>
internal sealed class DefinitionStore(TimeProvider clock)
{
    public Task RecordAsync(IUnitOfWork work, LoadedDefinition definition, CancellationToken cancellationToken) => work.ExecuteAsync(
        """
        insert into pipelines_definition (pipeline, definition_digest, description, faults, loaded_at)
        values (@Pipeline, @Digest, @Description, @faults, @now)
        on conflict (pipeline) do update set
            definition_digest = excluded.definition_digest, description = excluded.description, faults = excluded.faults, loaded_at = excluded.loaded_at
        """,
        new
        {
            definition.Pipeline,
            definition.Digest,
            definition.Description,
            faults = JsonSerializer.Serialize(definition.Faults.Select(fault => fault.ToLine())),
            now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        },
        cancellationToken);

    public Task ForgetAsync(IUnitOfWork work, string pipeline, CancellationToken cancellationToken) =>
        work.ExecuteAsync("delete from pipelines_definition where pipeline = @pipeline", new { pipeline }, cancellationToken);

    public Task<IReadOnlyList<string>> KnownAsync(IUnitOfWork work, CancellationToken cancellationToken) =>
        work.ListAsync<string>("select pipeline from pipelines_definition", null, cancellationToken);
}
