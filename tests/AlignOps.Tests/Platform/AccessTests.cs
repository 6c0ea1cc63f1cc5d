using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Platform.Compliance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Platform;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly EmbeddedDeployment _deployment = new();
    private WebApplication _application = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddPlatform(_deployment.Options);
        _application = builder.Build();

        // A test plays callers of other machines by this header.
        _application.Use((context, next) =>
        {
            if (context.Request.Headers.TryGetValue("Test-From", out var from))
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(from.ToString());
            }

            return next(context);
        });
        _application.UseRouting().UseAuthentication().UseAuthorization();
        _application.MapAccess();
        _application.MapDeadLetters();
        foreach (var role in Enum.GetNames<AccessRole>())
        {
            _application.MapGet("/" + role, (HttpContext context) => context.User.Identity?.Name).RequireAuthorization(role);
        }

        _application.MapGet("/unmarked", () => "in");
        await _application.StartAsync();
        var address = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
        await _deployment.DisposeAsync();
    }

    [Fact]
    public async Task NoKeyYet_CallerOnThisMachine_IsLocalAndAdmin()
    {
        Assert.Equal("local", await _client.GetStringAsync("/Admin"));
        Assert.Equal("in", await _client.GetStringAsync("/unmarked"));
    }

    [Theory]
    [InlineData("Test-From", "192.0.2.7")]
    [InlineData("Test-From", "::ffff:192.0.2.7")]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("Host", "rebound.example")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    public async Task NoKeyYet_CallerFromElsewhereOrThroughAPage_IsRefused(string header, string value)
    {
        var (status, code) = await GetAsync("/Product", (header, value));

        Assert.Equal((HttpStatusCode.Unauthorized, "local-only"), (status, code));
    }

    [Theory]
    [InlineData("Test-From", "::1")]
    [InlineData("Test-From", "127.0.0.9")]
    [InlineData("Host", "localhost:8080")]
    [InlineData("Origin", "http://localhost:5173")]
    public async Task NoKeyYet_CallerOnThisMachineByAnotherName_IsLetIn(string header, string value) =>
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/Admin", (header, value))).Status);

    [Fact]
    public async Task KeyExists_EveryCallerNeedsOne()
    {
        var admin = await CreateAsync("root", "admin");

        Assert.Equal((HttpStatusCode.Unauthorized, "key-required"), await GetAsync("/Product"));
        Assert.Equal((HttpStatusCode.Unauthorized, "key-required"), await GetAsync("/unmarked"));
        Assert.Equal((HttpStatusCode.Unauthorized, "key-unknown"), await GetAsync("/Product", Bearer(admin[..^1] + "x")));
        Assert.Equal((HttpStatusCode.Unauthorized, "key-unknown"), await GetAsync("/Product", ("X-Api-Key", "ao_")));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/Product", Bearer(admin))).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/Product", ("X-Api-Key", admin))).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/Product", Bearer(admin), ("Test-From", "192.0.2.7"))).Status);
    }

    [Fact]
    public async Task Roles_EachIncludesTheOnesBelow()
    {
        var admin = await CreateAsync("root", "admin");
        var keys = new Dictionary<AccessRole, string> { [AccessRole.Admin] = admin };
        foreach (var role in new[] { AccessRole.Product, AccessRole.Ops })
        {
            keys[role] = await CreateAsync(role.ToString(), role.ToString(), Bearer(admin));
        }

        foreach (var (holder, key) in keys)
        {
            foreach (var asked in Enum.GetValues<AccessRole>())
            {
                var expected = holder >= asked ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
                var (status, code) = await GetAsync("/" + asked, Bearer(key));
                Assert.Equal(expected, status);
                Assert.Equal(expected == HttpStatusCode.OK ? null : "role-too-low", code);
            }
        }
    }

    [Fact]
    public async Task Key_IsNowhereInTheDatabaseAndOnceInAnAnswer()
    {
        var key = await CreateAsync("root", "admin");

        Assert.Matches("^ao_[0-9a-f]{64}$", key);
        Assert.DoesNotContain(key[3..], await ReadListAsync(key), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(_deployment.DataFolder, "alignops.db*"))
        {
            await using var shared = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(shared, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(key[3..], await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CreateKey_FirstKeyOfALesserRole_IsRefused() =>
        Assert.Equal((HttpStatusCode.Conflict, "first-key-is-admin"), await PostAsync("team", "product"));

    [Theory]
    [InlineData("local", "admin", HttpStatusCode.BadRequest, "bad-key-name")]
    [InlineData("two words", "admin", HttpStatusCode.BadRequest, "bad-key-name")]
    [InlineData("", "admin", HttpStatusCode.BadRequest, "bad-key-name")]
    [InlineData("team", "root", HttpStatusCode.BadRequest, "bad-role")]
    [InlineData("team", "7", HttpStatusCode.BadRequest, "bad-role")]
    [InlineData("team", null, HttpStatusCode.BadRequest, "bad-role")]
    public async Task CreateKey_BadRequest_IsRefusedWithACode(string name, string? role, HttpStatusCode status, string code) =>
        Assert.Equal((status, code), await PostAsync(name, role));

    [Fact]
    public async Task CreateKey_NameTaken_IsRefused()
    {
        var admin = await CreateAsync("root", "admin");

        Assert.Equal((HttpStatusCode.Conflict, "key-name-taken"), await PostAsync("root", "admin", Bearer(admin)));
    }

    [Fact]
    public async Task DeleteKey_DeletedKey_IsRefusedAtOnce()
    {
        var admin = await CreateAsync("root", "admin");
        var team = await CreateAsync("team", "ops", Bearer(admin));

        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync("nobody", admin));
        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync("root", admin));
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync("team", admin));
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/Product", Bearer(team))).Status);

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync("root", admin));
        Assert.Equal("local", await _client.GetStringAsync("/Admin"));
    }

    [Fact]
    public async Task DeadLetters_ForOps_AreListedAndRequeued()
    {
        var database = _application.Services.GetRequiredService<IDatabase>();
        await database.WriteAsync(
            (work, token) => _application.Services.GetRequiredService<DeadLetters>().AddAsync(work, "m-1", "intake", "alignops.batch-released", "{}", 5, "boom", token),
            CancellationToken.None);

        var letter = Assert.Single((await _client.GetFromJsonAsync<List<DeadLetterEndpoints.DeadLetter>>("/v1/dead-letters"))!);
        Assert.Equal(("m-1", "intake", "alignops.batch-released", 5, "boom"), (letter.MessageId, letter.Service, letter.Message, letter.Deliveries, letter.Error));
        Assert.Equal(HttpStatusCode.NoContent, (await _client.PostAsync("/v1/dead-letters/m-1/intake/requeue", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.PostAsync("/v1/dead-letters/m-1/intake/requeue", null)).StatusCode);
    }

    [Fact]
    public async Task Dispose_AUnitOfWorkUnderWay_LetsItEnd()
    {
        var database = _application.Services.GetRequiredService<IDatabase>();
        var letters = _application.Services.GetRequiredService<DeadLetters>();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var write = database.WriteAsync(
            async (work, token) =>
            {
                begun.SetResult();
                await goOn.Task;
                await letters.AddAsync(work, "m-2", "intake", "alignops.batch-released", "{}", 5, "boom", token);
            },
            CancellationToken.None);
        await begun.Task;

        var disposal = Task.Run(((IDisposable)database).Dispose);
        goOn.SetResult();

        await write;
        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync((_, _) => Task.CompletedTask, CancellationToken.None));
    }

    [Fact]
    public async Task EnsureBindableAsync_NoKeyYet_AllowsThisMachineOnly()
    {
        var guard = _application.Services.GetRequiredService<AccessGuard>();

        foreach (var url in new[] { "http://127.0.0.1:8080", "http://localhost:8080", "https://[::1]:1", "http://unix:/run/alignops.sock" })
        {
            Assert.Null(await guard.EnsureBindableAsync([url], CancellationToken.None));
        }

        foreach (var url in new[] { "http://0.0.0.0:8080", "http://*:80", "http://+:80", "http://[::]:80", "http://10.0.0.1", "http://host.example" })
        {
            Assert.Equal("bind-needs-key", (await guard.EnsureBindableAsync(["http://localhost:1", url], CancellationToken.None))?.Code);
        }

        await CreateAsync("root", "admin");
        Assert.Null(await guard.EnsureBindableAsync(["http://*:80"], CancellationToken.None));
    }

    private static (string, string) Bearer(string key) => ("Authorization", "Bearer " + key);

    private async Task<string> CreateAsync(string name, string role, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/keys") { Content = JsonContent.Create(new { name, role }) };
        Add(request, headers);
        using var response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private async Task<(HttpStatusCode, string?)> PostAsync(string name, string? role, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/keys") { Content = JsonContent.Create(new { name, role }) };
        Add(request, headers);
        return await SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, string? Code)> GetAsync(string path, params (string, string)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(request, headers);
        return await SendAsync(request);
    }

    private async Task<HttpStatusCode> DeleteAsync(string name, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/keys/" + name);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return (await SendAsync(request)).Item1;
    }

    private async Task<string> ReadListAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/keys");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await _client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<(HttpStatusCode, string?)> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request);
        var isProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var code = isProblem ? (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString() : null;
        return (response.StatusCode, code);
    }

    private static void Add(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
