using AlignOps.Platform.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace AlignOps.WebConsole.Access;

/// <summary>Who looks at a page, and what the page needs to act for them.</summary>
/// <param name="FormToken">Stands in every form; a form without it is refused.</param>
/// <param name="Keyed">Signed in by a key, so that signing out means something.</param>
/// <param name="Note">What the last form led to; shown once.</param>
public sealed record Visitor(string Name, AccessRole Role, string FormToken, bool Keyed, Note? Note)
{
    internal const string TokenField = "form-token";

    /// <summary>Whether buttons that change something are offered; the API decides what is done.</summary>
    public bool Operates => Role >= AccessRole.Ops;

    internal static Visitor Of(HttpContext http, IAntiforgery forms, Notes? notes) => new(
        http.User.Identity?.Name ?? "",
        ConsoleAccess.RoleOf(http.User),
        forms.GetAndStoreTokens(http).RequestToken!,
        ConsoleAccess.KeyOf(http.User) is not null,
        notes?.Take(http));
}
