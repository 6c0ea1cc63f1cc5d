using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Gates;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

internal static class GateEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs/{id}/gate", GetAsync).RequireAuthorization(nameof(AccessRole.Product));
        routes.MapGet("/v1/runs/{id}/gate/policy", PolicyAsync).RequireAuthorization(nameof(AccessRole.Product));
        routes.MapGet("/v1/audit/verify", VerifyAsync).RequireAuthorization(nameof(AccessRole.Ops));
    }

    private static async Task<IResult> GetAsync(string id, IDatabase database, IBlobStore blobs, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        if (await GateStore.FindAsync(connection, null, id, cancellationToken) is not { } row)
        {
            return Problems.Of(StatusCodes.Status404NotFound, "no-gate", $"No gate has decided on run {id}.");
        }

        var record = GateJson.Read(await blobs.ReadTextAsync(row.RecordDigest, cancellationToken));
        return TypedResults.Ok(new GateAnswer(row.RecordDigest, row.DecidedBy, DateTimeOffset.FromUnixTimeMilliseconds(row.At), record));
    }

    /// <summary>What the run is held to, whether or not its gate has decided.</summary>
    private static async Task<IResult> PolicyAsync(string id, IDatabase database, IPipelineDefinitions definitions, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var digest = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select definition_digest from pipelines_v_runs where run_id = @id", new { id }, cancellationToken: cancellationToken));
        return digest is null
            ? Problems.Of(StatusCodes.Status404NotFound, "unknown-run", $"There is no run {id}.")
            : TypedResults.Ok(await definitions.SectionAsync<GateSection>(digest, cancellationToken));
    }

    private static async Task<IResult> VerifyAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return TypedResults.Ok(await AuditLog.VerifyAsync(connection, cancellationToken));
    }
}
