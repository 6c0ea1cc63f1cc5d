using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AlignOps.Tests.Pipelines;

/// <summary>The whole service in one process: messages over the bus, the scheduler on its file, HTTP in front.</summary>
public sealed class PipelinesHostTests(PipelinesHostFixture fixture) : IClassFixture<PipelinesHostFixture>
{
    private readonly PipelinesHost _host = fixture.Host;

    [Fact]
    public async Task Loop_OverTheBus_IsTheSameStoryOverHttp()
    {
        await _host.AcceptAsync("b-good");
        var good = await _host.EndedAsync("b-good");
        Assert.Equal("promoted", good.GetProperty("state").GetString());

        await _host.AcceptAsync("b-bad");
        var bad = await _host.EndedAsync("b-bad");
        Assert.Equal(("rejected", "scripted", 0.6), (bad.GetProperty("state").GetString(), bad.GetProperty("reason").GetString(), bad.GetProperty("lower").GetDouble()));

        var detail = await _host.Http.GetFromJsonAsync<JsonElement>($"/v1/runs/{bad.GetProperty("runId").GetString()}");
        Assert.Equal(1, detail.GetProperty("replayed").GetInt32());
        Assert.Equal("b-bad", detail.GetProperty("batchIds")[0].GetString());
        Assert.Equal("gate-decided", detail.GetProperty("events").EnumerateArray().Last().GetProperty("kind").GetString());

        var released = await _host.Http.PostAsJsonAsync("/v1/batches/b-bad/release", new { reason = "labels fixed" });
        Assert.Equal(HttpStatusCode.Accepted, released.StatusCode);
        Assert.Equal("b-bad#2", (await _host.EndedAsync("b-bad#2")).GetProperty("triggerRef").GetString());

        var asked = await _host.Http.PostAsJsonAsync("/v1/pipelines/support/runs", new { requestId = "friday" });
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        Assert.Equal("request", (await _host.EndedAsync("friday")).GetProperty("triggerKind").GetString());
        Assert.Single((await _host.RunsAsync("?state=rejected&limit=1")).EnumerateArray());
    }

    [Fact]
    public async Task Pipelines_Standing_ShowsDefinitionChampionAndNextRun()
    {
        var pipeline = await PipelinesHost.UntilAsync(
            async () => (await _host.Http.GetFromJsonAsync<JsonElement>("/v1/pipelines"))[0],
            view => view.GetProperty("nextScheduledRun").ValueKind == JsonValueKind.String);

        Assert.Equal(("support", "Answers customers.", 4), (pipeline.GetProperty("pipeline").GetString(), pipeline.GetProperty("description").GetString(), pipeline.GetProperty("championVersion").GetInt32()));
        Assert.Equal(64, pipeline.GetProperty("definitionDigest").GetString()!.Length);
        Assert.Equal(DayOfWeek.Sunday, pipeline.GetProperty("nextScheduledRun").GetDateTimeOffset().DayOfWeek);
    }

    [Theory]
    [InlineData("GET", "/v1/runs/r-none", null, 404, "unknown-run")]
    [InlineData("GET", "/v1/runs?state=happy", null, 400, "unknown-state")]
    [InlineData("POST", "/v1/pipelines/none/runs", "{}", 404, "unknown-pipeline")]
    [InlineData("POST", "/v1/pipelines/support/runs", """{"requestId":"a b"}""", 400, "invalid-request-id")]
    [InlineData("POST", "/v1/batches/b-none/release", """{"reason":"r"}""", 404, "unknown-batch")]
    [InlineData("POST", "/v1/batches/b-none/release", "{}", 400, "missing-reason")]
    public async Task Refusals_CarryACodeAndASentence(string method, string path, string? body, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, null, "application/json");
        using var response = await _host.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
    }
}
