using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace AlignOps.Platform.Access;

/// <summary>
/// Names the caller by <c>Authorization: Bearer</c> or <c>X-Api-Key</c>. While no key exists, a caller on this machine is <c>local</c> and may do anything,
/// unless the request came through a proxy or out of someone else's web page.
/// </summary>
internal sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, AccessKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string KeyHeader = "X-Api-Key";
    private const string Bearer = "Bearer ";
    private static readonly string[] ProxyHeaders = ["X-Forwarded-For", "Forwarded", "X-Real-IP"];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!await keys.AnyAsync(Context.RequestAborted))
        {
            return IsLocal() ? Named(new AccessKeys.Caller("local", AccessRole.Admin)) : AuthenticateResult.NoResult();
        }

        if (GivenKey() is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        return await keys.FindAsync(key, Context.RequestAborted) is { } caller ? Named(caller) : AuthenticateResult.Fail("The key is not known.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        var (code, sentence) = await keys.AnyAsync(Context.RequestAborted)
            ? GivenKey() is null
                ? ("key-required", "Send an access key as Authorization: Bearer ao_…, or as X-Api-Key.")
                : ("key-unknown", "This access key is not known here; it may have been deleted.")
            : ("local-only", "No access key exists yet, so only callers on this machine are let in; make the first key there.");
        await RefuseAsync(StatusCodes.Status401Unauthorized, new AccessFault(code, sentence));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        RefuseAsync(
            StatusCodes.Status403Forbidden,
            new AccessFault("role-too-low", $"The key of {Context.User.Identity?.Name} may not do this; ask an admin for one with a higher role."));

    private Task RefuseAsync(int status, AccessFault fault) =>
        (Context.GetEndpoint()?.Metadata.GetMetadata<IAccessRefusal>()?.Of(status, fault) ?? AccessProblems.Of(status, fault)).ExecuteAsync(Context);

    private string? GivenKey()
    {
        var authorization = Request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[Bearer.Length..].Trim();
        }

        var header = Request.Headers[KeyHeader].ToString();
        return header.Length > 0 ? header : null;
    }

    private AuthenticateResult Named(AccessKeys.Caller caller)
    {
        var claims = Enum.GetValues<AccessRole>()
            .Where(role => role <= caller.Role)
            .Select(role => new Claim(ClaimTypes.Role, role.ToString()))
            .Prepend(new Claim(ClaimTypes.Name, caller.Name));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    private bool IsLocal()
    {
        if (Context.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address) || ProxyHeaders.Any(Request.Headers.ContainsKey))
        {
            return false;
        }

        // A page elsewhere can make this machine's browser call; it cannot hide its origin, nor the name it was rebound from.
        var origin = Request.Headers.Origin.ToString();
        return AccessGuard.IsLoopbackHost(Request.Host.Host)
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && AccessGuard.IsLoopbackHost(page.Host)));
    }
}
