using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace AlignOps.WebConsole.Access;

/// <summary>Carries a note over the redirect that follows a form, in a cookie that only this console can write.</summary>
internal sealed class Notes(IDataProtectionProvider protection)
{
    private const string CookieName = "alignops-note";
    private const int LongestSentence = 1200;

    private readonly IDataProtector _protector = protection.CreateProtector("AlignOps.Console.Notes");

    public void Leave(HttpContext http, Note note)
    {
        var kept = note.Sentence.Length > LongestSentence ? note with { Sentence = note.Sentence[..LongestSentence] + "…" } : note;
        http.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(kept)), Cookie(TimeSpan.FromMinutes(1)));
    }

    public Note? Take(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { } text)
        {
            return null;
        }

        http.Response.Cookies.Delete(CookieName, Cookie(null));
        try
        {
            return JsonSerializer.Deserialize<Note>(_protector.Unprotect(text));
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static CookieOptions Cookie(TimeSpan? age) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = age, IsEssential = true };
}
