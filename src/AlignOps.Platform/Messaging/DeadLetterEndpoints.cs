using AlignOps.Platform.Access;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Platform.Messaging;

public static class DeadLetterEndpoints
{
    /// <summary>A message that a service could not handle.</summary>
    /// <param name="DeadAt">Unix milliseconds.</param>
    public sealed record DeadLetter
    {
        public required string MessageId { get; init; }

        public required string Service { get; init; }

        public required string Message { get; init; }

        /// <summary>JSON.</summary>
        public required string Body { get; init; }

        public int Deliveries { get; init; }

        public required string Error { get; init; }

        public long DeadAt { get; init; }
    }

    /// <summary>Maps <c>GET /v1/dead-letters</c> and <c>POST /v1/dead-letters/{messageId}/{service}/requeue</c> for ops.</summary>
    public static IEndpointRouteBuilder MapDeadLetters(this IEndpointRouteBuilder endpoints)
    {
        var letters = endpoints.MapGroup("/v1/dead-letters").RequireAuthorization(nameof(AccessRole.Ops)).WithTags("Messages");
        letters.MapGet("", ListAsync).WithName("ListDeadLetters");
        letters.MapPost("{messageId}/{service}/requeue", RequeueAsync).WithName("RequeueDeadLetter");
        return endpoints;
    }

    private static async Task<Ok<List<DeadLetter>>> ListAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var letters = await connection.QueryAsync<DeadLetter>(new CommandDefinition(
            """
            select message_id as "MessageId", consumer as "Service", entity as "Message", body as "Body", deliveries as "Deliveries", error as "Error", dead_at as "DeadAt"
            from platform_dead_letter
            order by dead_at desc
            limit 200
            """,
            cancellationToken: cancellationToken));
        return TypedResults.Ok(letters.AsList());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RequeueAsync(
        string messageId, string service, IDatabase database, IDeadLetters letters, CancellationToken cancellationToken) =>
        await database.WriteAsync((work, token) => letters.RequeueAsync(work, messageId, service, token), cancellationToken)
            ? TypedResults.NoContent()
            : AccessProblems.Of(StatusCodes.Status404NotFound, new AccessFault("no-such-letter", $"{service} has no dead letter {messageId}."));
}
