using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

/// <summary>A person's hold: no candidate goes forward until a person lifts it.</summary>
internal static class HoldEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var hold = routes.MapGroup("/v1/pipelines/{pipeline}/hold").RequireAuthorization(nameof(AccessRole.Ops));
        hold.MapPost("", HoldAsync);
        hold.MapDelete("", ReleaseAsync);
        hold.MapPost("/release", ReleaseAsync);
    }

    private static async Task<IResult> HoldAsync(string pipeline, HoldRequest request, HttpContext http, IDatabase database, ChampionRegistry registry, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Problems.NoReason();
        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(PromotionService.Name, token);
                if (await registry.FindAsync(work.Connection, work.Transaction, pipeline, token) is not { } champion) return Problems.NoChampion(pipeline);
                if (champion.Hold is { } hold) return Problems.Of(StatusCodes.Status409Conflict, "already-on-hold", $"Pipeline {pipeline}: {hold}.");

                await registry.HoldAsync(work, champion, http.Caller(), request.Reason.Trim(), Champion.ByHold, token);
                return TypedResults.Ok(ChampionAnswer.Of((await registry.FindAsync(work.Connection, work.Transaction, pipeline, token))!));
            },
            cancellationToken);
    }

    private static async Task<IResult> ReleaseAsync(
        string pipeline, [FromBody] HoldRequest request, HttpContext http, IDatabase database, ChampionRegistry registry, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Problems.NoReason();
        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(PromotionService.Name, token);
                if (await registry.FindAsync(work.Connection, work.Transaction, pipeline, token) is not { } champion) return Problems.NoChampion(pipeline);
                if (champion.Hold is null) return Problems.Of(StatusCodes.Status409Conflict, "no-hold", $"Promotions of pipeline {pipeline} are not on hold.");

                await registry.ReleaseHoldAsync(work, champion, http.Caller(), request.Reason.Trim(), token);
                return TypedResults.Ok(ChampionAnswer.Of((await registry.FindAsync(work.Connection, work.Transaction, pipeline, token))!));
            },
            cancellationToken);
    }
}
