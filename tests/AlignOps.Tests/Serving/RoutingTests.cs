using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Data;
using AlignOps.Platform.Blobs;
using AlignOps.Serving;
using AlignOps.Serving.Chat.Requests;
using AlignOps.Serving.Policies;
using AlignOps.Serving.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AlignOps.Tests.Serving;

public sealed class RoutingTests : IClassFixture<ServingHost>
{
    private const int People = 60;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ServingHost _host;

    public RoutingTests(ServingHost host) => _host = host;

    [Fact]
    public async Task Story_ShadowCanaryGrowingFullAndBack()
    {
        await _host.PromoteAsync(1);
        await _host.UntilServedAsync(1);

        // Shadow: everybody is answered by the champion, and the candidate's answers are on record only.
        await _host.DeployAsync(7, "shadow", 1);
        await UntilAsync(async () => (await AskAsync("shadow-probe", Roles.Shadow)).Status == HttpStatusCode.OK, "a shadow");
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync("someone", Roles.Canary)).Status);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(person => AskAsync($"person {person}")));
        Assert.All(answers, answer => Assert.Equal((Roles.Champion, "support@1"), (answer.Role, answer.Model)));
        await UntilAsync(async () => await CountAsync("role = 'shadow' and forced = 0 and deployment_id = 'r-7' and failed = 0") == 10, "ten shadow answers");
        Assert.Equal(0, await CountAsync("role = 'champion' and deployment_id is not null"));

        // Canary: by the sticky hash, and everybody's answer is evidence.
        await _host.DeployAsync(7, "canary", 0.3);
        await UntilAsync(async () => (await AskAsync("canary-probe", Roles.Canary)).Status == HttpStatusCode.OK, "a canary");
        var first = await EverybodyAsync();
        Assert.Equal(first, await EverybodyAsync());
        Assert.InRange(first.Count(role => role == Roles.Canary), 5, 35);
        await _host.DeployAsync(7, "canary", 0.7);
        string[] grown = [];
        await UntilAsync(async () => (grown = await EverybodyAsync()).Count(role => role == Roles.Canary) > first.Count(role => role == Roles.Canary) + 10, "a larger share");
        Assert.All(first.Zip(grown), pair => Assert.True(pair.First != Roles.Canary || pair.Second == Roles.Canary));

        // By name for ops: no evidence.
        var named = await AskAsync("person 1", Roles.Champion);
        Assert.Equal((Roles.Champion, "support@1"), (named.Role, named.Model));
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync("person 1", "the best")).Status);
        Assert.Equal(1, await CountAsync($"inference_id = '{named.Id}' and forced = 1"));
        Assert.Equal(0, await CountAsync("checkpoint = '' or (role = 'canary' and adapter is null)"));

        // A thumb keeps whose answer it is about.
        var liked = await AskAsync("person 2");
        Assert.Equal(HttpStatusCode.OK, (await _host.Http.PostAsJsonAsync("/v1/feedback", new { inference_id = liked.Id, label = "up" })).StatusCode);
        Assert.Equal($"{liked.Role} r-7 0", await _host.ScalarAsync<string>($"select role || ' ' || deployment_id || ' ' || forced from serving_v_feedback where inference_id = '{liked.Id}'"));

        // Rolled back: nobody is answered by it any more.
        await _host.DeployAsync(7, "rolled-back", 0, active: false);
        await UntilAsync(async () => (await AskAsync("x", Roles.Canary)).Status == HttpStatusCode.NotFound, "no canary");
        Assert.All(await EverybodyAsync(), role => Assert.Equal(Roles.Champion, role));

        // The next is made champion: the policy in memory goes on under its version.
        await _host.DeployAsync(8, "canary", 1);
        await UntilAsync(async () => (await AskAsync("y")).Role == Roles.Canary, "the next canary");
        await _host.PromoteAsync(8);
        await _host.DeployAsync(8, "full", 1);
        await _host.UntilServedAsync(8);
        await UntilAsync(async () => await AskAsync("y") is { Role: Roles.Champion, Model: "support@8" }, "the candidate as champion");
    }

    [Fact]
    public async Task Apply_ACandidateThatCannotBeLoaded_LeavesEverybodyToTheChampion()
    {
        await using var catalog = new PolicyCatalog();
        catalog.Switch(ServedPolicies.Serve(1).Policy);
        var watcher = new CandidateWatcher(new PolicyOpener(new BrokenLoader()), catalog, Options.Create(new ServingOptions()), TimeProvider.System, NullLogger<CandidateWatcher>.Instance);

        await watcher.ApplyAsync([new CandidateRow(ServingHost.Pipeline, "r-1", new ModelRef(new string('c', 64), new string('a', 64)), "canary", 1)], CancellationToken.None);

        var route = new PolicyRouter(catalog).Enter(new ChatRequest(ServingHost.Pipeline, null, [new ChatMessage("user", "Hello")]), "someone", null);
        Assert.Equal((Roles.Champion, (string?)null), (route!.Assignment.Role, route.Assignment.DeploymentId));
        route.Lease.Dispose();
    }

    private async Task<string[]> EverybodyAsync() => [.. (await Task.WhenAll(Enumerable.Range(0, People).Select(person => AskAsync($"person {person}")))).Select(answer => answer.Role)];

    private Task<long> CountAsync(string condition) => _host.ScalarAsync<long>($"select count(*) from serving_v_inferences where {condition}");

    private async Task<Answer> AskAsync(string user, string? role = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "support", messages = new[] { new { role = "user", content = "Hello" } }, max_tokens = 4, temperature = 0, user }),
        };
        if (role is not null) request.Headers.Add(Roles.Header, role);
        using var response = await _host.Http.SendAsync(request);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode
            ? new Answer(response.StatusCode, response.Headers.GetValues(Roles.Answer).Single(), body.GetProperty("model").GetString()!, body.GetProperty("id").GetString()!)
            : new Answer(response.StatusCode, "", "", "");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var until = DateTimeOffset.UtcNow + Limit;
        while (!await condition())
        {
            Assert.True(DateTimeOffset.UtcNow < until, $"There is no {what}.");
            await Task.Delay(20);
        }
    }

    private sealed class BrokenLoader : IPolicyLoader
    {
        public Task<LoadedPolicy> LoadAsync(ModelRef model, CancellationToken cancellationToken) => throw new BlobMissingException(model.Adapter!, "is not here");
    }

    private sealed record Answer(HttpStatusCode Status, string Role, string Model, string Id);
}
