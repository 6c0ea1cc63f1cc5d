using AlignOps.Evaluation.Regression.Trials;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Evaluation.Regression.Http;

/// <summary>A run's regression report, and trainings without one of its batches.</summary>
internal static class RegressionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs/{id}/regression", GetAsync).RequireAuthorization(nameof(AccessRole.Product));
        routes.MapPost("/v1/runs/{id}/regression/trials", TryAsync).RequireAuthorization(nameof(AccessRole.Ops));
    }

    private static async Task<IResult> GetAsync(string id, IDatabase database, RegressionReporter reporter, CancellationToken cancellationToken)
    {
        var (run, trials, fault) = await FindAsync(id, database, cancellationToken);
        if (fault is not null) return fault;

        try
        {
            return TypedResults.Ok(await reporter.ReportAsync(run!, trials, cancellationToken));
        }
        catch (BlobMissingException missing)
        {
            return Gone(id, missing);
        }
    }

    /// <summary>Asked twice for the same batch, it answers with the trial that there is.</summary>
    private static async Task<IResult> TryAsync(
        string id, TrialRequest request, HttpContext http, IDatabase database, RegressionReporter reporter, TrialDesk desk, CancellationToken cancellationToken)
    {
        var (run, trials, fault) = await FindAsync(id, database, cancellationToken);
        if (fault is not null) return fault;

        try
        {
            var batchId = request.BatchId ?? (await reporter.ReportAsync(run!, trials, cancellationToken)).Batches.FirstOrDefault(batch => batch.StandsOut)?.BatchId;
            if (batchId is null) return Problem(StatusCodes.Status409Conflict, "no-batch-stands-out", $"No batch of run {id} stands out; name one in batchId to leave it out all the same.");
            var (trial, refusal) = await desk.AskAsync(run!, batchId, http.User.Identity?.Name ?? "unknown", cancellationToken);
            return refusal is null
                ? TypedResults.Accepted($"/v1/runs/{id}/regression", new TrialView(trial!.TrialId, trial.BatchId, trial.State, trial.Reason, Finding: null))
                : Problem(refusal.Code == "unknown-batch" ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, refusal.Code, refusal.Sentence);
        }
        catch (BlobMissingException missing)
        {
            return Gone(id, missing);
        }
    }

    private static async Task<(RegressionRun? Run, IReadOnlyList<Trial> Trials, IResult? Fault)> FindAsync(string id, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await RegressionRun.FindAsync(connection, null, id, cancellationToken) switch
        {
            null => (null, [], Problem(StatusCodes.Status404NotFound, "unknown-run", $"There is no run {id}.")),
            { EvidenceDigest: null } or { DatasetDigest: null } => (null, [], Problem(StatusCodes.Status409Conflict, "not-evaluated", $"Run {id} has no evidence yet.")),
            var run => (run, await TrialStore.OfRunAsync(connection, id, cancellationToken), null),
        };
    }

    private static ProblemHttpResult Gone(string id, BlobMissingException missing) =>
        Problem(StatusCodes.Status410Gone, "evidence-gone", $"What run {id} was decided on is not kept any more. {missing.Message}");

    private static ProblemHttpResult Problem(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: code, extensions: new Dictionary<string, object?> { ["code"] = code });
}
