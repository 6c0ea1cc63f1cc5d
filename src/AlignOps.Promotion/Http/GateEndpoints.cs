using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Audit;
using AlignOps.Promotion.Gates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

internal static class GateEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs/{id}/gate", GetAsync).RequireAuthorization(nameof(AccessRole.Product));
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

    private static async Task<IResult> VerifyAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return TypedResults.Ok(await AuditLog.VerifyAsync(connection, cancellationToken));
    }
}
