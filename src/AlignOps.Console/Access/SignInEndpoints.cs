using AlignOps.Platform.Access;
using AlignOps.WebConsole.Forms;
using AlignOps.WebConsole.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.WebConsole.Access;

internal static class SignInEndpoints
{
    public static void Map(IEndpointRouteBuilder open)
    {
        open.MapGet("/sign-in", ShowAsync);
        open.MapPost("/sign-in", SignInAsync).AddEndpointFilter<FormGuard>();
    }

    /// <summary>For who is signed in: the form's token is theirs.</summary>
    public static void MapSignOut(IEndpointRouteBuilder pages) => pages.MapPost("/sign-out", (Delegate)SignOutAsync).AddEndpointFilter<FormGuard>();

    private static async Task<IResult> ShowAsync(string? back, HttpContext http, IAntiforgery forms, IAccessKeys keys)
    {
        var fault = await keys.AnyAsync(http.RequestAborted) ? null : "No access key exists yet, so only a browser on AlignOps's own machine is let in, without a key.";
        return Page(http, forms, back, fault, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, IAntiforgery forms, IAccessKeys keys)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var back = form["back"].ToString();
        return await ConsoleAccess.SignInAsync(http, keys, form["key"].ToString().Trim())
            ? TypedResults.LocalRedirect(Local(back))
            : Page(http, forms, back, "This access key is not known here; it may have been deleted.", StatusCodes.Status401Unauthorized);
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(ConsoleAccess.CookieScheme);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext http, IAntiforgery forms, string? back, string? fault, int status) =>
        new(new Dictionary<string, object?> { ["FormToken"] = forms.GetAndStoreTokens(http).RequestToken, ["Back"] = Local(back), ["Fault"] = fault })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Only a place of this console: a link elsewhere must not ride on a sign-in.</summary>
    private static string Local(string? back) =>
        back is ['/', ..] && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) && !back.Any(char.IsControl) ? back : "/";
}
