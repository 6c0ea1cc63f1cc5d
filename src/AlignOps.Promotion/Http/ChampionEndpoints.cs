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
                    await registry.ChangeAsync(work, new ChampionChange(pipeline, model, ChampionCause.Certified, http.Caller(), request.Reason.Trim()), present, token);
                    present = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
                }

                return TypedResults.Ok(ChampionAnswer.Of(present!));
            },
            cancellationToken);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,99}$")]
    private static partial Regex PipelineName();
}
