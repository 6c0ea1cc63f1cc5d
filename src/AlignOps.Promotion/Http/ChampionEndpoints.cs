using System.Text.RegularExpressions;
using AlignOps.Contracts;
using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

internal static partial class ChampionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var champion = routes.MapGroup("/v1/pipelines/{pipeline}");
        champion.MapGet("/champion", GetAsync).RequireAuthorization(nameof(AccessRole.Product));
        champion.MapGet("/history", HistoryAsync).RequireAuthorization(nameof(AccessRole.Product));
        champion.MapPost("/champion", CertifyAsync).RequireAuthorization(nameof(AccessRole.Admin));
        champion.MapPost("/rollback", RollbackAsync).RequireAuthorization(nameof(AccessRole.Ops));
        champion.MapPost("/hold/release", ReleaseHoldAsync).RequireAuthorization(nameof(AccessRole.Ops));
    }

    private static async Task<IResult> GetAsync(string pipeline, IDatabase database, ChampionRegistry registry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await registry.FindAsync(connection, null, pipeline, cancellationToken) is { } champion ? TypedResults.Ok(ChampionAnswer.Of(champion)) : Problems.NoChampion(pipeline);
    }

    private static async Task<IResult> HistoryAsync(string pipeline, IDatabase database, ChampionRegistry registry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var history = await registry.HistoryAsync(connection, null, pipeline, cancellationToken);
        return history.Count > 0 ? TypedResults.Ok(history) : Problems.NoChampion(pipeline);
    }

    private static async Task<IResult> CertifyAsync(
        string pipeline, CertifyRequest request, HttpContext http, IDatabase database, ChampionRegistry registry, ModelProbe probe, CancellationToken cancellationToken)
    {
        if (!PipelineName().IsMatch(pipeline)) return Problems.Of(StatusCodes.Status400BadRequest, "bad-pipeline-name", $"{pipeline} is no pipeline's name: use lower-case letters, digits and hyphens.");
        if (string.IsNullOrWhiteSpace(request.Reason)) return Problems.NoReason();
        if (string.IsNullOrWhiteSpace(request.Checkpoint)) return Problems.Of(StatusCodes.Status400BadRequest, "checkpoint-missing", "Name the checkpoint by its tree digest, in the field checkpoint.");

        var model = new ModelRef(request.Checkpoint, string.IsNullOrWhiteSpace(request.Adapter) ? null : request.Adapter);
        if (await probe.FindFaultAsync(model, cancellationToken) is { } fault) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "model-unusable", fault);

        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(PromotionService.Name, token);
                var present = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
                if (present?.Model != model || present.Anchor != model)
                {
                    await registry.ChangeAsync(work, new ChampionChange(pipeline, model, ChampionCause.Certified, Caller(http), request.Reason.Trim()), present, token);
                    present = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
                }

                return TypedResults.Ok(ChampionAnswer.Of(present!));
            },
            cancellationToken);
    }

    private static async Task<IResult> RollbackAsync(
        string pipeline, RollbackRequest request, HttpContext http, IDatabase database, ChampionRegistry registry, ModelProbe probe, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Problems.NoReason();

        // The target is proven loadable before anything changes, and outside the transaction: it reads every byte of the model.
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var history = await registry.HistoryAsync(connection, null, pipeline, cancellationToken);
        if (history.Count == 0) return Problems.NoChampion(pipeline);
        var target = request.ToVersion is { } version ? history.FirstOrDefault(entry => entry.Version == version) : RollbackTarget.Before(history);
        if (target is null)
        {
            return request.ToVersion is null
                ? Problems.Of(StatusCodes.Status409Conflict, "nothing-before", $"Pipeline {pipeline} had no other champion before version {history[^1].Version}.")
                : Problems.Of(StatusCodes.Status404NotFound, "unknown-version", $"Pipeline {pipeline} has no version {request.ToVersion}; the present one is {history[^1].Version}.");
        }

        if (target.Model == history[^1].Model) return Problems.Of(StatusCodes.Status409Conflict, "already-champion", $"Version {target.Version} is the model that is champion now.");
        if (await probe.FindFaultAsync(target.Model, cancellationToken) is { } fault) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "model-unusable", fault);

        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(PromotionService.Name, token);
                var present = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
                if (present?.Version != history[^1].Version) return Problems.Of(StatusCodes.Status409Conflict, "champion-moved", $"The champion changed to version {present?.Version} meanwhile. Look again, then decide.");

                var change = new ChampionChange(pipeline, target.Model, ChampionCause.Rollback, Caller(http), request.Reason.Trim(), Restores: target.Restores ?? target.Version);
                await registry.ChangeAsync(work, change, present, token);
                return TypedResults.Ok(ChampionAnswer.Of((await registry.FindAsync(work.Connection, work.Transaction, pipeline, token))!));
            },
            cancellationToken);
    }

    private static async Task<IResult> ReleaseHoldAsync(
        string pipeline, ReleaseHoldRequest request, HttpContext http, IDatabase database, ChampionRegistry registry, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Problems.NoReason();
        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(PromotionService.Name, token);
                if (await registry.FindAsync(work.Connection, work.Transaction, pipeline, token) is not { } champion) return Problems.NoChampion(pipeline);
                if (champion.Hold is null) return Problems.Of(StatusCodes.Status409Conflict, "no-hold", $"Promotions of pipeline {pipeline} are not on hold.");

                await registry.ReleaseHoldAsync(work, champion, Caller(http), request.Reason.Trim(), token);
                return TypedResults.Ok(ChampionAnswer.Of(champion with { HeldBy = null, HeldReason = null }));
            },
            cancellationToken);
    }

    private static string Caller(HttpContext http) => http.User.Identity?.Name ?? throw new InvalidOperationException("An authorised request has no name.");

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,99}$")]
    private static partial Regex PipelineName();
}
