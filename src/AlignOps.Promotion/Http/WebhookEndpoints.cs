using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

internal static class WebhookEndpoints
{
    /// <summary><c>GET /v1/pipelines/{pipeline}/webhooks</c>: the last hundred deliveries, newest first.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/pipelines/{pipeline}/webhooks", ListAsync).RequireAuthorization(nameof(AccessRole.Ops));

    private static async Task<IResult> ListAsync(string pipeline, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return TypedResults.Ok((await WebhookStore.ListAsync(connection, pipeline, cancellationToken)).Select(WebhookAnswer.Of));
    }
}
