using System.Text;
using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Evaluation.Results;

/// <summary><c>GET /v1/runs/{run}/results</c>: every item of every suite and model of a run, as JSONL.</summary>
internal static class ResultEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/runs/{id}/results", GetAsync).RequireAuthorization(nameof(AccessRole.Product));

    private static async Task<IResult> GetAsync(string id, IDatabase database, IBlobStore blobs, CancellationToken cancellationToken)
    {
        string? digest;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            digest = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
                "select evidence_digest from evaluation_evidence where run_id = @id", new { id }, cancellationToken: cancellationToken));
        }

        if (digest is null) return Problem(StatusCodes.Status404NotFound, "not-evaluated", $"There is no run {id} with evidence.");
        try
        {
            var lines = string.Concat(RunResults.Of(EvidenceFile.Read(await blobs.ReadTextAsync(digest, cancellationToken))).Select(line => line.Write()));
            return TypedResults.File(Encoding.UTF8.GetBytes(lines), "application/jsonl", $"{id}.results.jsonl");
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException)
        {
            return Problem(StatusCodes.Status410Gone, "evidence-gone", $"What run {id} was decided on is not kept any more. {fault.Message}");
        }
    }

    private static IResult Problem(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: code, extensions: new Dictionary<string, object?> { ["code"] = code });
}
