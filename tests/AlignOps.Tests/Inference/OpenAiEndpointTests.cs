using System.Net;
using System.Text;
using System.Text.Json;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Inference.Requests;
using Azure.Core;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Tests.Inference;

public sealed class OpenAiEndpointTests
{
    private static readonly ChatRequest Question = new([new ChatTurn("system", "Be brief."), new ChatTurn("user", "Which \"one\"?")], 20, 0.5, 7);

    [Fact]
    public async Task SendAsync_ACompatibleServer_IsAskedWithModelTurnsLimitsAndKey()
    {
        JsonElement asked = default;
        string? authorization = null;
        await using var server = await ModelServer.StartAsync(async context =>
        {
            authorization = context.Request.Headers.Authorization;
            asked = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            await context.Response.WriteAsync("""{"choices": [{"finish_reason": "stop", "message": {"content": "[[A]]"}}]}""");
        });
        var reply = await server.Open("env:KEY", new Dictionary<string, string> { ["KEY"] = "sk-1" }).SendAsync(Question, CancellationToken.None);

        Assert.Equal((200, "Bearer sk-1"), (reply.Status, authorization));
        Assert.Equal(
            """{"model":"judge-1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Which \u0022one\u0022?"}],"temperature":0.5,"max_tokens":20,"seed":7}""",
            JsonSerializer.Serialize(asked));
    }

    [Fact]
    public async Task SendAsync_WithoutAKey_SendsNone()
    {
        var authorized = true;
        await using var server = await ModelServer.StartAsync(context =>
        {
            authorized = context.Request.Headers.ContainsKey("Authorization");
            return context.Response.WriteAsync("{}");
        });
        await server.Open().SendAsync(Question, CancellationToken.None);
        Assert.False(authorized);
    }

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("soon", null)]
    [InlineData("-3", null)]
    public async Task SendAsync_TurnedAway_TellsHowLongToWait(string header, double? seconds)
    {
        await using var server = await ModelServer.StartAsync(context =>
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, header);
            return Task.CompletedTask;
        });
        var reply = await server.Open().SendAsync(Question, CancellationToken.None);
        Assert.Equal((429, seconds), (reply.Status, reply.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task SendAsync_ARedirect_IsNotFollowed()
    {
        var asked = 0;
        await using var server = await ModelServer.StartAsync(context =>
        {
            asked++;
            context.Response.Redirect("/v1/chat/completions", permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        Assert.Equal((308, 1), ((await server.Open().SendAsync(Question, CancellationToken.None)).Status, asked));
    }

    [Fact]
    public async Task AskAsync_AFastStreamWithoutEnd_IsBrokenOffBySize()
    {
        await using var server = await ModelServer.StartAsync(async context =>
        {
            var chunk = Encoding.UTF8.GetBytes("data: {\"choices\": []}\n\n" + new string(' ', 1 << 16));
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        var result = await AskAsync(server, TimeSpan.FromSeconds(30));
        Assert.Equal((CallOutcome.TooLarge, 1), (result.Outcome, result.Attempts));
    }

    [Fact]
    public async Task AskAsync_ASlowStreamWithoutEnd_IsBrokenOffByTime()
    {
        await using var server = await ModelServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(20, context.RequestAborted);
            }
        });
        var result = await AskAsync(server, TimeSpan.FromMilliseconds(300));
        Assert.Equal((CallOutcome.TimedOut, 2), (result.Outcome, result.Attempts));
    }

    [Fact]
    public async Task AskAsync_NobodyThere_IsUnreachable()
    {
        var server = await ModelServer.StartAsync(_ => Task.CompletedTask);
        var endpoint = server.Open();
        await server.DisposeAsync();
        using var client = Client(endpoint, TimeSpan.FromSeconds(30));
        var result = await client.AskAsync(Question, "judge", CancellationToken.None);
        Assert.Equal((CallOutcome.Unreachable, "ConnectionError"), (result.Outcome, result.Detail));
    }

    [Fact]
    public async Task SendAsync_AzureWithEntra_AsksForATokenOfItsAudienceAndUsesTheV1Address()
    {
        var http = new Http();
        var identity = new Identity();
        using var endpoints = new OpenAiEndpoints(new EndpointRulesTests.Secrets(new Dictionary<string, string>()), () => identity, () => http, TimeProvider.System);
        var endpoint = endpoints.Open(new EndpointOptions(EndpointProvider.Azure, "https://wren.openai.azure.com/openai/v1", "deployment-1", null, true, false));
        await endpoint.SendAsync(Question, CancellationToken.None);

        Assert.Equal(["https://ai.azure.com/.default"], identity.Scopes);
        Assert.Equal(("https://wren.openai.azure.com/openai/v1/chat/completions", "Bearer token-1"), (http.Url, http.Authorization));
        Assert.Contains("\"max_completion_tokens\":20", http.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_OpenAi_GoesToItsOwnAddress()
    {
        var http = new Http();
        using var endpoints = new OpenAiEndpoints(new EndpointRulesTests.Secrets(new Dictionary<string, string> { ["openai"] = "sk-2" }), () => new Identity(), () => http, TimeProvider.System);
        await endpoints.Open(new EndpointOptions(EndpointProvider.Openai, null, "m", "file:openai", false, false)).SendAsync(Question, CancellationToken.None);
        Assert.Equal(("https://api.openai.com/v1/chat/completions", "Bearer sk-2"), (http.Url, http.Authorization));
    }

    private static async Task<CallResult> AskAsync(ModelServer server, TimeSpan timeout)
    {
        using var client = Client(server.Open(), timeout);
        return await client.AskAsync(Question, "judge", CancellationToken.None);
    }

    private static InferenceClient Client(IChatEndpoint endpoint, TimeSpan timeout) => new(
        endpoint, new MemoryRecord(), new Budget(new BudgetLimit(null, null)), Tariff.Free, new RateGate(null, null, TimeProvider.System),
        new CallPolicy { AttemptTimeout = timeout, MostAttempts = 2, FirstPause = TimeSpan.Zero }, TimeProvider.System, () => 0);

    private sealed class Http : HttpMessageHandler
    {
        public string? Url { get; private set; }

        public string? Authorization { get; private set; }

        public string Body { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (Url, Authorization, Body) = (request.RequestUri!.ToString(), request.Headers.Authorization?.ToString(), await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
        }
    }

    private sealed class Identity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("token-1", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
