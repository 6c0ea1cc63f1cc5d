using AlignOps.Evaluation.Qualification.Certificates;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Evaluation.Qualification.Http;

/// <summary>A pipeline's judges, and their examinations.</summary>
internal static class JudgeEndpoints
{
    private const long LargestLabels = 64 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/pipelines/{pipeline}/judges", ListAsync).RequireAuthorization(nameof(AccessRole.Product));
        routes.MapPost("/v1/pipelines/{pipeline}/judges/{judge}/examinations", ExamineAsync).RequireAuthorization(nameof(AccessRole.Ops));
        routes.MapGet("/v1/examinations/{id}", GetAsync).RequireAuthorization(nameof(AccessRole.Product));
    }

    private static async Task<IResult> ListAsync(string pipeline, ExaminationDesk desk, JudgeReader reader, CancellationToken cancellationToken) =>
        await desk.DefinitionOfAsync(pipeline, cancellationToken) is { } definition
            ? TypedResults.Json(await reader.ListAsync(pipeline, definition, cancellationToken), CertificateJson.Options)
            : Problem(StatusCodes.Status404NotFound, "unknown-pipeline", $"There is no pipeline {pipeline}.");

    /// <summary>The body is the labelled set's file; without one it is the definition's. Whoever examines a judge decides what it is held against, so it takes the role ops.</summary>
    private static async Task<IResult> ExamineAsync(string pipeline, string judge, HttpContext http, ExaminationDesk desk, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LargestLabels;
        var (examination, refusal) = await desk.AskAsync(pipeline, judge, http.Request.Body, http.User.Identity?.Name ?? "unknown", cancellationToken);
        return refusal is null
            ? TypedResults.Json(ExaminationView.Of(examination!), CertificateJson.Options, statusCode: StatusCodes.Status202Accepted)
            : Problem(refusal.Code.StartsWith("unknown", StringComparison.Ordinal) ? StatusCodes.Status404NotFound : StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Sentence);
    }

    private static async Task<IResult> GetAsync(string id, JudgeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.FindAsync(id, cancellationToken) is { } view
                ? TypedResults.Json(view, CertificateJson.Options)
                : Problem(StatusCodes.Status404NotFound, "unknown-examination", $"There is no examination {id}.");
        }
        catch (BlobMissingException missing)
        {
            return Problem(StatusCodes.Status410Gone, "certificate-gone", $"The certificate of examination {id} is not kept any more. {missing.Message}");
        }
    }

    private static IResult Problem(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: code, extensions: new Dictionary<string, object?> { ["code"] = code });
}
