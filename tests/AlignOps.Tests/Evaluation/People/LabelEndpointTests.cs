using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AlignOps.Evaluation.Qualification;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Evaluation.Compliance;
using AlignOps.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.People;

/// <summary>People at work over HTTP, in a whole process.</summary>
public sealed class LabelEndpointTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Labels_OfSeveralPeople_CorrectTheJudgeAndShowHowFarTheyAgree()
    {
        await AddRunAsync(120);
        var keys = await PeopleAsync(("ann", AccessRole.Product), ("bob", AccessRole.Product), ("otto", AccessRole.Ops));
        Assert.Equal((HttpStatusCode.Forbidden, null), await CodeAsync(await SendAsync(keys["ann"], HttpMethod.Post, "/v1/runs/r-1/labels", new { items = 30 })));
        Assert.Equal((HttpStatusCode.BadRequest, "bad-items"), await CodeAsync(await SendAsync(keys["otto"], HttpMethod.Post, "/v1/runs/r-1/labels", new { items = 0 })));
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(keys["otto"], HttpMethod.Post, "/v1/runs/r-1/labels", new { items = 30, peopleEach = 2 })).StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "asked-already"), await CodeAsync(await SendAsync(keys["otto"], HttpMethod.Post, "/v1/runs/r-1/labels", new { items = 30 })));

        for (var i = 0; i < 30; i++)
        {
            foreach (var person in new[] { "ann", "bob" })
            {
                var pair = (await (await SendAsync(keys[person], HttpMethod.Post, "/v1/labels/next?run=r-1")).Content.ReadFromJsonAsync<JsonElement>());
                Assert.Equal(["itemId", "pipeline", "prompt", "first", "second", "claimedUntil", "left"], pair.EnumerateObject().Select(property => property.Name));

                // People prefer what is old, whichever place it has; ann finds every tenth even.
                var choice = person == "ann" && i % 10 == 0 ? "tie" : pair.GetProperty("first").GetString()!.StartsWith("old", StringComparison.Ordinal) ? "first" : "second";
                var said = await SendAsync(keys[person], HttpMethod.Post, $"/v1/labels/{pair.GetProperty("itemId").GetString()}", new { choice, firstLevel = "good" });
                Assert.Equal(HttpStatusCode.OK, said.StatusCode);
            }
        }

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(keys["ann"], HttpMethod.Post, "/v1/labels/next")).StatusCode);
        var report = await (await SendAsync(keys["ann"], HttpMethod.Get, "/v1/runs/r-1/labels")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("closed", 2, 30), (report.GetProperty("state").GetString(), report.GetProperty("persons").GetInt32(), report.GetProperty("labels").GetInt32()));
        Assert.InRange(report.GetProperty("raw").GetDouble(), 0.8, 1);
        Assert.InRange(report.GetProperty("corrected").GetProperty("value").GetDouble(), 0, 0.2);
        Assert.True(report.GetProperty("disagree").GetBoolean());
        Assert.Equal(0.9, report.GetProperty("samePeople").GetDouble(), 6);
        Assert.Contains("Judge and people disagree: the judge adds +", report.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(60, report.GetProperty("levels").GetProperty("candidate").GetProperty("good").GetInt32() + report.GetProperty("levels").GetProperty("champion").GetProperty("good").GetInt32());
    }

    [Fact]
    public async Task Export_OfLabels_IsALabelledSetThatQualificationReads_AndPreferencesOnlyWhereAccepted()
    {
        await AddRunAsync(60);
        await _server.Http.PostAsJsonAsync("/v1/runs/r-1/labels", new { items = 20 });
        for (var i = 0; i < 20; i++)
        {
            var pair = await (await _server.Http.PostAsync("/v1/labels/next", null)).Content.ReadFromJsonAsync<JsonElement>();
            var choice = i == 0 ? "both-bad" : pair.GetProperty("first").GetString()!.StartsWith("new", StringComparison.Ordinal) ? "first" : "second";
            await _server.Http.PostAsJsonAsync($"/v1/labels/{pair.GetProperty("itemId").GetString()}", new { choice });
        }

        var (pairs, _, faults) = await LabelledPairs.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(await _server.Http.GetStringAsync("/v1/runs/r-1/labels/export?as=pairs"))), CancellationToken.None);
        Assert.Empty(faults);
        Assert.Equal(20, pairs.Count);
        foreach (var pair in pairs.Where(pair => pair.Majority is not AlignOps.Evaluation.Judging.Preference.Tie))
        {
            Assert.StartsWith("new", pair.Majority == AlignOps.Evaluation.Judging.Preference.First ? pair.First : pair.Second, StringComparison.Ordinal);
            Assert.Equal(pair.First.StartsWith("new", StringComparison.Ordinal), pair.FirstSource == AskedRun.Candidate.ShortName);
        }

        using var refused = await _server.Http.GetAsync("/v1/runs/r-1/labels/export?as=feedback");
        Assert.Equal((HttpStatusCode.Conflict, "teaches-the-exam"), await CodeAsync(refused));
        var feedback = (await _server.Http.GetStringAsync("/v1/runs/r-1/labels/export?as=feedback&accept=true")).TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(19, feedback.Count);
        Assert.All(feedback, row => Assert.StartsWith("new", row.GetProperty("chosen")[0].GetProperty("content").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_OfAnExportedQueue_TakesGoodRowsAndTellsOfEveryBadOne()
    {
        await AddRunAsync(60);
        await _server.Http.PostAsJsonAsync("/v1/runs/r-1/labels", new { items = 20 });
        var queue = (await _server.Http.GetStringAsync("/v1/runs/r-1/labels/export?as=queue")).TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.DoesNotContain("candidate", string.Concat(queue), StringComparison.OrdinalIgnoreCase);
        string Id(int place) => queue[place].GetProperty("itemId").GetString()!;
        string New(int place) => queue[place].GetProperty("first").GetString()!.StartsWith("new", StringComparison.Ordinal) ? "first" : "second";
        var table = $"itemId,choice,person,firstLevel\n{Id(0)},{New(0)},ann,good\n{Id(1)},{New(1)},bob,\n{Id(0)},{New(0)},ann,\n{Id(2)},better,ann,\n{Id(3)},tie,ann,superb\nl-none,tie,ann,\n{Id(4)},,ann,\n,tie,ann,\n";

        var report = await (await _server.Http.PostAsync("/v1/labels/import", new StringContent(table))).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((2, 6), (report.GetProperty("accepted").GetInt32(), report.GetProperty("rejected").GetInt32()));
        Assert.Equal(
            [null, null, "answered-already", "unknown-choice", "unknown-level", "unknown-item", "no-choice", "no-item"],
            report.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("reason").GetString()));
        var labels = (await _server.Http.GetStringAsync("/v1/runs/r-1/labels/export")).TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        Assert.Equal(["import 1", "import 1"], labels.Select(label => $"{label.GetProperty("source").GetString()} {label.GetProperty("outcome").GetDouble()}"));
    }

    [Fact]
    public async Task Get_OfARunThatNobodyAskedAbout_SaysHowTo()
    {
        Assert.Equal((HttpStatusCode.NotFound, "not-asked"), await CodeAsync(await _server.Http.GetAsync("/v1/runs/r-1/labels")));
        Assert.Equal((HttpStatusCode.NotFound, "unknown-run"), await CodeAsync(await _server.Http.PostAsJsonAsync("/v1/runs/r-1/labels", new { })));
        await AddRunAsync(60, "evaluating");
        Assert.Equal((HttpStatusCode.Conflict, "not-decided"), await CodeAsync(await _server.Http.PostAsJsonAsync("/v1/runs/r-1/labels", new { })));
    }

    private static async Task<(HttpStatusCode, string?)> CodeAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Contains("\"code\"", StringComparison.Ordinal) && answer.StatusCode != HttpStatusCode.Forbidden ? JsonSerializer.Deserialize<JsonElement>(text).GetProperty("code").GetString() : null);
    }

    private async Task<HttpResponseMessage> SendAsync(string key, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", key);
        return await _server.Http.SendAsync(request);
    }

    private async Task<Dictionary<string, string>> PeopleAsync(params (string Name, AccessRole Role)[] people)
    {
        var access = _server.Services.GetRequiredService<IAccessKeys>();
        await access.CreateAsync("root", AccessRole.Admin, "test", CancellationToken.None);
        var keys = new Dictionary<string, string>();
        foreach (var (name, role) in people) keys[name] = (await access.CreateAsync(name, role, "test", CancellationToken.None)).Key!;
        return keys;
    }

    private async Task AddRunAsync(int pairs, string state = "inconclusive")
    {
        var evidence = await _server.Services.GetRequiredService<IBlobStore>().PutTextAsync(AskedRun.Evidence(pairs).Write(), CancellationToken.None);
        await AskedRun.AddAsync(_server.Services.GetRequiredService<IDatabase>(), "r-1", evidence, state);
    }
}
