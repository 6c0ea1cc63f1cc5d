using System.Security.Claims;
using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.WebConsole.Access;

/// <summary>
/// Signs people in by their access key, which then lives in a protected cookie. While no key exists, whoever sits at this machine is let in as the API lets them in.
/// </summary>
internal static class ConsoleAccess
{
    /// <summary>The policy of every page.</summary>
    public const string Policy = "Console";

    public const string CookieScheme = "ConsoleCookie";

    private const string Scheme = "Console";
    private const string ApiKeyScheme = "ApiKey";
    private const string CookieName = "alignops-console";
    private const string KeyClaim = "alignops-key";

    public static IServiceCollection AddConsoleAccess(this IServiceCollection services)
    {
        // Cookies and form tokens outlive a restart, and hold for every console that shares the data folder.
        services.AddDataProtection(protection => protection.ApplicationDiscriminator = "AlignOps.Console");
        services.AddOptions<KeyManagementOptions>().Configure<PlatformOptions, ILoggerFactory>((keys, platform, loggers) =>
            keys.XmlRepository = new KeyFolder(Path.Combine(platform.DataFolder, "console-keys"), loggers));
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "alignops-form";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.FormFieldName = Visitor.TokenField;
        });

        services.AddOptions<CookieAuthenticationOptions>(CookieScheme).Configure<IOptions<ConsoleOptions>>((cookie, console) => cookie.ExpireTimeSpan = console.Value.SignedInFor);
        new AuthenticationBuilder(services)
            .AddCookie(CookieScheme, cookie =>
            {
                cookie.Cookie.Name = CookieName;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.LoginPath = "/sign-in";
                cookie.AccessDeniedPath = "/sign-in";
                cookie.ReturnUrlParameter = "back";
                cookie.Events.OnValidatePrincipal = StillHoldsAsync;
            })
            .AddPolicyScheme(Scheme, null, policy =>
            {
                policy.ForwardDefaultSelector = http => http.Request.Cookies.ContainsKey(CookieName) ? CookieScheme : ApiKeyScheme;
                policy.ForwardChallenge = CookieScheme;
                policy.ForwardForbid = CookieScheme;
            });
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.AddAuthenticationSchemes(Scheme).RequireRole(nameof(AccessRole.Product)));
        return services;
    }

    /// <summary>Signs the browser in, or says that nobody has this key.</summary>
    public static async Task<bool> SignInAsync(HttpContext http, IAccessKeys keys, string key)
    {
        if (key.Length == 0 || await keys.IdentifyAsync(key, http.RequestAborted) is not { } known)
        {
            return false;
        }

        await http.SignInAsync(CookieScheme, Principal(known, key));
        return true;
    }

    /// <summary>The key to call the API with; null for a caller who has none and needs none.</summary>
    public static string? KeyOf(ClaimsPrincipal visitor) => visitor.FindFirstValue(KeyClaim);

    public static AccessRole RoleOf(ClaimsPrincipal visitor) =>
        Enum.GetValues<AccessRole>().Where(role => visitor.IsInRole(role.ToString())).DefaultIfEmpty(AccessRole.Product).Max();

    private static ClaimsPrincipal Principal(AccessKey known, string key) => new(new ClaimsIdentity(
        Enum.GetValues<AccessRole>().Where(role => role <= known.Role).Select(role => new Claim(ClaimTypes.Role, role.ToString()))
            .Append(new Claim(ClaimTypes.Name, known.Name))
            .Append(new Claim(KeyClaim, key)),
        CookieScheme));

    /// <summary>A deleted key ends its sign-ins within a second; a key that was made again with another role needs a new one.</summary>
    private static async Task StillHoldsAsync(CookieValidatePrincipalContext context)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<IAccessKeys>();
        var known = context.Principal is { } principal && KeyOf(principal) is { } key ? await keys.IdentifyAsync(key, context.HttpContext.RequestAborted) : null;
        if (known is null || known.Name != context.Principal!.Identity?.Name || known.Role != RoleOf(context.Principal))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieScheme);
        }
    }
}
