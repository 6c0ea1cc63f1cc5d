using System.Net;
using System.Text.RegularExpressions;
using AlignOps.EndToEnd.Tests.Host;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>Who is let in, and what a page tells a browser to refuse, on a real process.</summary>
public sealed partial class ConsoleDoorTests(ConsolePlace place) : IClassFixture<ConsolePlace>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/runs")]
    [InlineData("/models")]
    [InlineData("/batches")]
    [InlineData("/labels")]
    [InlineData("/label")]
    [InlineData("/league")]
    public async Task Page_WithoutSignIn_LeadsToItAndBack(string path)
    {
        using var visitor = new Visitor(place.Url);

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/sign-in?back={Uri.EscapeDataString(path)}", answer.Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task LivePart_WithoutSignIn_IsRefused()
    {
        using var visitor = new Visitor(place.Url);

        using var answer = await visitor.GetAsync("/live/now");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/runs?state=failed", "/runs?state=failed")]
    [InlineData("//evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    public async Task SignIn_WithAPlaceToGoBackTo_StaysInTheConsole(string back, string expected)
    {
        using var visitor = new Visitor(place.Url);

        using var answer = await visitor.SignInAsync(place.OpsKey, back);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(expected, answer.Headers.Location!.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), one => one.StartsWith("alignops-console=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(place.OpsKey, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_SignedIn_ForbidInlineScriptFramesAndOtherOrigins()
    {
        using var visitor = new Visitor(place.Url);
        (await visitor.SignInAsync(place.ProductKey, "/")).Dispose();
        foreach (var path in new[] { "/", "/runs", "/models", "/batches", "/runs/none", "/sign-in" })
        {
            using var answer = await visitor.GetAsync(path);

            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore, path);
        }
    }

    [Theory]
    [InlineData("/pipelines/yes-or-no/rollback")]
    [InlineData("/runs/r-1/approve")]
    [InlineData("/batches/b-1/release")]
    [InlineData("/label/l-1")]
    [InlineData("/runs/r-1/labels")]
    [InlineData("/sign-out")]
    public async Task Form_WithoutItsToken_DoesNothing(string path)
    {
        using var visitor = new Visitor(place.Url);
        (await visitor.SignInAsync(place.OpsKey, "/")).Dispose();

        using var forged = await visitor.PostAsync(path, new() { ["reason"] = "because" });

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Form_OfAProductEngineer_IsRefusedByTheApiInWords()
    {
        using var visitor = new Visitor(place.Url);
        (await visitor.SignInAsync(place.ProductKey, "/")).Dispose();
        var models = await visitor.ReadAsync("/models");
        Assert.DoesNotContain("rollback", models, StringComparison.Ordinal);

        using var answer = await visitor.PostAsync($"/pipelines/{ConsolePlace.Pipeline}/hold", new() { ["reason"] = "because", ["form-token"] = Token(await visitor.ReadAsync("/batches")) });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("may not do this", await visitor.ReadAsync("/models"), StringComparison.Ordinal);
        Assert.DoesNotContain("on hold since", await visitor.ReadAsync("/models"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_KeyDeletedMeanwhile_Ends()
    {
        var made = await AlignOpsProgram.RunAsync("key", "create", "temp", "--role", "ops", "--server", place.Url, "--key", place.AdminKey);
        using var visitor = new Visitor(place.Url);
        (await visitor.SignInAsync(made.Output.Trim(), "/")).Dispose();
        Assert.Contains("temp", await visitor.ReadAsync("/"), StringComparison.Ordinal);

        (await AlignOpsProgram.RunAsync("key", "revoke", "temp", "--server", place.Url, "--key", place.AdminKey)).Succeeded();

        using var answer = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static string Token(string html) => FormToken().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    /// <summary>A browser without a screen.</summary>
    private sealed class Visitor(string url) : IDisposable
    {
        private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(url) };

        public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

        public Task<string> ReadAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

        public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) => _http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form));

        public async Task<HttpResponseMessage> SignInAsync(string key, string back) =>
            await PostAsync("/sign-in", new() { ["key"] = key, ["back"] = back, ["form-token"] = Token(await ReadAsync("/sign-in")) });

        public void Dispose() => _http.Dispose();
    }
}
