using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using AlignOps.Promotion.Approvals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Promotion.Http;

internal static class ApprovalEndpoints
{
    private const int LongestReason = 1000;

    /// <summary>The rule names the role that counts, so the door lets everyone in and the rule decides.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var approvals = routes.MapGroup("/v1").RequireAuthorization(nameof(AccessRole.Product));
        approvals.MapGet("/approvals", ListAsync);
        approvals.MapGet("/runs/{id}/approval", GetAsync);
        approvals.MapPost("/runs/{id}/approve", (string id, ApprovalRequest request, HttpContext http, IDatabase database, ApprovalDesk desk, CancellationToken token) =>
            AnswerAsync(id, request, approves: true, http, database, desk, token));
        approvals.MapPost("/runs/{id}/reject", (string id, ApprovalRequest request, HttpContext http, IDatabase database, ApprovalDesk desk, CancellationToken token) =>
            AnswerAsync(id, request, approves: false, http, database, desk, token));
    }

    private static async Task<IResult> ListAsync(string? pipeline, string? state, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var answers = new List<ApprovalAnswer>();
        foreach (var row in await ApprovalStore.ListAsync(connection, pipeline, state, cancellationToken))
        {
            answers.Add(ApprovalAnswer.Of(row, await ApprovalStore.VotesAsync(connection, null, row.RunId, cancellationToken)));
        }

        return TypedResults.Ok(answers);
    }

    private static async Task<IResult> GetAsync(string id, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        return await ApprovalStore.FindAsync(connection, null, id, cancellationToken) is { } row
            ? TypedResults.Ok(ApprovalAnswer.Of(row, await ApprovalStore.VotesAsync(connection, null, id, cancellationToken)))
            : Problems.Of(StatusCodes.Status404NotFound, "no-approval", $"Nobody was asked to approve run {id}.");
    }

    private static async Task<IResult> AnswerAsync(
        string id, ApprovalRequest request, bool approves, HttpContext http, IDatabase database, ApprovalDesk desk, CancellationToken cancellationToken)
    {
        var reason = request.Reason?.Trim();
        if (string.IsNullOrEmpty(reason)) return Problems.NoReason();
        if (reason.Length > LongestReason) return Problems.Of(StatusCodes.Status400BadRequest, "reason-too-long", $"A reason has at most {LongestReason} characters.");

        var caller = new Approver(http.User.Identity?.Name ?? throw new InvalidOperationException("An authorised request has no name."),
            Enum.GetValues<AccessRole>().Where(role => http.User.IsInRole(role.ToString())).Max());
        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                var (row, refusal) = await desk.AnswerAsync(work, id, caller, approves, reason, token);
                return refusal is null
                    ? TypedResults.Ok(ApprovalAnswer.Of(row!, await ApprovalStore.VotesAsync(work.Connection, work.Transaction, id, token)))
                    : Problems.Of(refusal.Status, refusal.Code, refusal.Sentence);
            },
            cancellationToken);
    }
}
