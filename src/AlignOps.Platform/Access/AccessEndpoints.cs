using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Platform.Access;

public static class AccessEndpoints
{
    /// <summary>A key to make.</summary>
    /// <param name="Role"><c>product</c>, <c>ops</c> or <c>admin</c>.</param>
    public sealed record KeyRequest(string? Name, string? Role);

    /// <summary>A key just made; <paramref name="Key"/> is shown this once.</summary>
    public sealed record KeyResponse(string Name, string Role, string Key);

    /// <summary>A key as listed.</summary>
    public sealed record KeyListing(string Name, string Role, string CreatedBy, DateTimeOffset CreatedAt);

    /// <summary>Maps <c>POST</c>, <c>GET</c> and <c>DELETE /v1/keys</c> for admins.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/v1/keys").RequireAuthorization(nameof(AccessRole.Admin)).WithTags("Access");
        keys.MapPost("", CreateAsync).WithName("CreateKey");
        keys.MapGet("", ListAsync).WithName("ListKeys");
        keys.MapDelete("{name}", DeleteAsync).WithName("DeleteKey");
        return endpoints;
    }

    private static async Task<Results<Ok<KeyResponse>, ProblemHttpResult>> CreateAsync(
        KeyRequest request, IAccessKeys keys, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<AccessRole>(request.Role, ignoreCase: true, out var role) || !Enum.IsDefined(role))
        {
            return AccessProblems.Of(StatusCodes.Status400BadRequest, new AccessFault("bad-role", $"'{request.Role}' is no role; choose product, ops or admin."));
        }

        var (key, fault) = await keys.CreateAsync(request.Name ?? "", role, context.User.Identity?.Name ?? "", cancellationToken);
        return fault is null
            ? TypedResults.Ok(new KeyResponse(request.Name!, Spell(role), key!))
            : AccessProblems.Of(fault.Code == "bad-key-name" ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict, fault);
    }

    private static async Task<Ok<IReadOnlyList<KeyListing>>> ListAsync(IAccessKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<KeyListing>>(
            (await keys.ListAsync(cancellationToken)).Select(key => new KeyListing(key.Name, Spell(key.Role), key.CreatedBy, key.CreatedAt)).ToArray());

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string name, IAccessKeys keys, CancellationToken cancellationToken) =>
        await keys.DeleteAsync(name, cancellationToken) is { } fault
            ? AccessProblems.Of(fault.Code == "no-such-key" ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict, fault)
            : TypedResults.NoContent();

    private static string Spell(AccessRole role) => role.ToString().ToLowerInvariant();
}
