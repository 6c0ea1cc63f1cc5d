using AlignOps.Intake.Batches;
using AlignOps.Intake.Rows;
using AlignOps.Platform.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Intake.Http;

/// <summary>Single rows over HTTP: kept at once, gathered into batches later or when asked.</summary>
internal static class RowsEndpoints
{
    public static void MapRows(this RouteGroupBuilder intake)
    {
        intake.MapPost("/pipelines/{pipeline}/feedback", KeepAsync);
        intake.MapPost("/pipelines/{pipeline}/feedback/gather", GatherAsync);
    }

    private static async Task<Results<Accepted<RowsReceipt>, UnprocessableEntity<RowsReceipt>, ProblemHttpResult>> KeepAsync(
        string pipeline, HttpContext context, RowsPush rows, CancellationToken cancellationToken)
    {
        var key = context.Request.Headers["Idempotency-Key"] is [var given, ..] ? given ?? "" : null;
        if (key is not null && BatchPush.RefuseKey(key) is { } fault)
        {
            return IntakeEndpoints.Problem(fault);
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var (receipt, refusal) = await rows.PushAsync(pipeline, body.ToArray(), key, context.User.Identity?.Name ?? "unknown", cancellationToken);
        return refusal is not null ? IntakeEndpoints.Problem(refusal)
            : receipt!.Rows.All(row => row.Verdict == "rejected") ? TypedResults.UnprocessableEntity(receipt)
            : TypedResults.Accepted((string?)null, receipt);
    }

    /// <summary>Makes a batch of what waits now; with <c>from=serving</c>, of the thumbs that were given there too.</summary>
    private static async Task<Results<Ok<IReadOnlyList<BatchReport>>, ProblemHttpResult>> GatherAsync(
        string pipeline, string? from, RowsWorker worker, ServedThumbs thumbs, IPipelineNames pipelines, CancellationToken cancellationToken)
    {
        var known = await pipelines.ListAsync(cancellationToken);
        if (known.All(one => one.Name != pipeline))
        {
            return IntakeEndpoints.Problem(BatchPush.UnknownPipeline(pipeline, [.. known.Select(one => one.Name)]));
        }

        if (from is not (null or ServedThumbs.PushedBy))
        {
            return IntakeEndpoints.Problem(new PushFault(StatusCodes.Status400BadRequest, "unknown-source", "Rows are gathered from=serving, or those that wait where nothing is named."));
        }

        if (from is not null)
        {
            await thumbs.KeepAsync(pipeline, cancellationToken);
        }

        return TypedResults.Ok(await worker.GatherAsync(pipeline, cancellationToken));
    }
}
