using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Deployments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

internal static class DeploymentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/pipelines/{pipeline}/rollback", RollbackEndpoint.PostAsync).RequireAuthorization(nameof(AccessRole.Ops));
        routes.MapGet("/v1/pipelines/{pipeline}/deployments", ListAsync).RequireAuthorization(nameof(AccessRole.Product));
    }

    /// <summary>Newest first; the present one, if any, is active.</summary>
    private static async Task<IResult> ListAsync(string pipeline, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return TypedResults.Ok((await DeploymentStore.ListAsync(connection, pipeline, cancellationToken)).Select(DeploymentAnswer.Of).ToArray());
    }
}
