using AlignOps.Data.Checks;
using AlignOps.Intake.Batches;
using AlignOps.Platform.Access;
using AlignOps.Platform.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Http;

/// <summary>Intake's HTTP surface: push a batch, and read what became of its rows.</summary>
public static class IntakeEndpoints
{
    public static IEndpointRouteBuilder MapIntake(this IEndpointRouteBuilder endpoints)
    {
        var intake = endpoints.MapGroup("/v1").RequireAuthorization(nameof(AccessRole.Product));
        intake.MapPost("/pipelines/{pipeline}/batches", PushAsync);
        intake.MapGet("/pipelines/{pipeline}/batches", ListAsync);
        intake.MapGet("/batches/{batchId}", FindAsync);
        intake.MapGet("/batches/{batchId}/rows", RowsAsync);
        intake.MapRows();
        return endpoints;
    }

    private static async Task<Results<Created<BatchReport>, Ok<BatchReport>, ProblemHttpResult>> PushAsync(
        string pipeline, string? name, string? format, HttpContext context, BatchPush push, IOptions<IntakeOptions> options, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.Value.BodyBytes;
        }

        var key = context.Request.Headers["Idempotency-Key"] is [var given, ..] ? given ?? "" : null;
        var request = new PushRequest(pipeline, name ?? "", format, key, context.User.Identity?.Name ?? "unknown", context.Request.Body);
        PushResult result;
        try
        {
            result = await push.PushAsync(request, cancellationToken);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problem(new PushFault(fault.StatusCode, "body-too-large", $"The body is larger than {options.Value.BodyBytes >> 20} MiB; pack it with gzip or push it in parts."));
        }

        return result switch
        {
            { Fault: { } fault } => Problem(fault),
            { Created: true } => TypedResults.Created($"/v1/batches/{result.Report!.BatchId}", result.Report),
            _ => TypedResults.Ok(result.Report!),
        };
    }

    private static async Task<Results<Ok<IReadOnlyList<BatchSummary>>, ProblemHttpResult>> ListAsync(
        string pipeline, BatchQueries batches, IPipelineNames pipelines, CancellationToken cancellationToken)
    {
        var found = await batches.ListAsync(pipeline, cancellationToken);
        if (found.Count == 0)
        {
            var known = await pipelines.ListAsync(cancellationToken);
            if (known.All(p => p.Name != pipeline))
            {
                return Problem(BatchPush.UnknownPipeline(pipeline, [.. known.Select(p => p.Name)]));
            }
        }

        return TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<BatchReport>, ProblemHttpResult>> FindAsync(string batchId, BatchQueries batches, CancellationToken cancellationToken) =>
        await batches.FindAsync(batchId, cancellationToken) is { } report ? TypedResults.Ok(report) : UnknownBatch(batchId);

    private static async Task<Results<Ok<RowPage>, ProblemHttpResult>> RowsAsync(
        string batchId, string? verdict, string? reason, int? after, BatchQueries batches, CancellationToken cancellationToken)
    {
        if (verdict is not null && RowVerdicts.Find(verdict) is null)
        {
            return Problem(new PushFault(StatusCodes.Status400BadRequest, "unknown-verdict", $"The verdicts are {string.Join(", ", RowVerdicts.Names)}."));
        }

        if (reason is not null && !reason.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            return Problem(new PushFault(StatusCodes.Status400BadRequest, "unknown-reason", "A reason is a code such as no-answer."));
        }

        if (await batches.FindAsync(batchId, cancellationToken) is null)
        {
            return UnknownBatch(batchId);
        }

        return TypedResults.Ok(await batches.RowsAsync(batchId, verdict, reason, after ?? 0, cancellationToken));
    }

    private static ProblemHttpResult UnknownBatch(string batchId) =>
        Problem(new PushFault(StatusCodes.Status404NotFound, "unknown-batch", $"There is no batch \"{batchId}\"."));

    internal static ProblemHttpResult Problem(PushFault fault)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = fault.Code };
        if (fault.Pipelines is { } pipelines)
        {
            extensions["pipelines"] = pipelines;
        }

        return TypedResults.Problem(fault.Sentence, statusCode: fault.Status, extensions: extensions);
    }
}
