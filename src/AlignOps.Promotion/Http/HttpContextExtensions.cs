using Microsoft.AspNetCore.Http;

namespace AlignOps.Promotion.Http;

internal static class HttpContextExtensions
{
    /// <summary>The name that goes on record: the key's, or <c>local</c>.</summary>
    public static string Caller(this HttpContext http) => http.User.Identity?.Name ?? throw new InvalidOperationException("An authorised request has no name.");
}
