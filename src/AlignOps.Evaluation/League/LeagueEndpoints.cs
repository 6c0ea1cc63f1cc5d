using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Regression;
using AlignOps.Evaluation.Style;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Evaluation.League;

/// <summary>The league of a pipeline's versions, and a run's win rate with style held equal.</summary>
internal static class LeagueEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/pipelines/{pipeline}/league", async (string pipeline, LeagueReader reader, CancellationToken token) => TypedResults.Ok(await reader.ReadAsync(pipeline, token)))
            .RequireAuthorization(nameof(AccessRole.Product));
        routes.MapGet("/v1/runs/{id}/style", StyleAsync).RequireAuthorization(nameof(AccessRole.Product));
    }

    private static async Task<IResult> StyleAsync(string id, IDatabase database, IBlobStore blobs, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        if (await RegressionRun.FindAsync(connection, null, id, cancellationToken) is not { } run) return Problem(404, "unknown-run", $"There is no run {id}.");
        if (run.EvidenceDigest is null) return Problem(409, "not-evaluated", $"Run {id} has no evidence yet.");
        try
        {
            return StyleReader.Of(EvidenceFile.Read(await blobs.ReadTextAsync(run.EvidenceDigest, cancellationToken))) is { } report
                ? TypedResults.Ok(report)
                : Problem(409, "too-few-pairs", $"Run {id} has too few judged pairs of answers to hold their style equal.");
        }
        catch (BlobMissingException missing)
        {
            return Problem(410, "evidence-gone", $"What run {id} was decided on is not kept any more. {missing.Message}");
        }
    }

    private static ProblemHttpResult Problem(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: code, extensions: new Dictionary<string, object?> { ["code"] = code });
}
