using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlignOps.Tests.Serving;

/// <summary>The bytes on the wire, against what OpenAI documents.</summary>
public sealed partial class ChatProtocolTests : IAsyncLifetime
{
    private ScriptedHost _host = null!;

    public async Task InitializeAsync() => _host = await ScriptedHost.StartAsync(new ScriptedPolicy("Hel", "lo", " wor", "ld.", " Bye", " now."));

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whole_Plain_HasEveryKeyOfTheApi()
    {
        var (response, body) = await AskAsync("""{"model":"support","messages":[{"role":"user","content":"Hi"}]}""");

        Assert.Equal(
            """
            {"id":"ID","object":"chat.completion","created":0,"model":"support@1","choices":[{"index":0,"message":{"role":"assistant","content":"Hello world. Bye now.","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":2,"completion_tokens":6,"total_tokens":8},"system_fingerprint":"fp_0"}
            """, Plain(body));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(JsonDocument.Parse(body).RootElement.GetProperty("id").GetString(), Assert.Single(response.Headers.GetValues("X-Inference-Id")));
    }

    [Fact]
    public async Task Whole_StopAcrossTokens_EndsBeforeIt()
    {
        var (_, body) = await AskAsync("""{"model":"support","messages":[{"role":"user","content":"Hi"}],"stop":["o w","zzz"],"logprobs":true}""");
        var choice = JsonDocument.Parse(body).RootElement.GetProperty("choices")[0];

        Assert.Equal(("Hell", "stop"), (choice.GetProperty("message").GetProperty("content").GetString(), choice.GetProperty("finish_reason").GetString()));
        Assert.Equal(["Hel", "lo"], choice.GetProperty("logprobs").GetProperty("content").EnumerateArray().Select(token => token.GetProperty("token").GetString()));
        Assert.Equal(3, JsonDocument.Parse(body).RootElement.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Stream_Plain_IsRoleTextFinishDone()
    {
        var (response, body) = await AskAsync("""{"model":"support","messages":[{"role":"user","content":"Hi"}],"stream":true,"max_tokens":2}""");

        Assert.Equal(
            """
            data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"support@1","system_fingerprint":"fp_0","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

            data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"support@1","system_fingerprint":"fp_0","choices":[{"index":0,"delta":{"content":"Hel"},"logprobs":null,"finish_reason":null}]}

            data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"support@1","system_fingerprint":"fp_0","choices":[{"index":0,"delta":{"content":"lo"},"logprobs":null,"finish_reason":null}]}

            data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"support@1","system_fingerprint":"fp_0","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"length"}]}

            data: [DONE]


            """, Plain(body));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Events(body)[0].GetProperty("id").GetString(), Assert.Single(response.Headers.GetValues("X-Inference-Id")));
    }

    [Fact]
    public async Task Stream_WithUsage_CarriesItAsNullUntilTheLastChunk()
    {
        var (_, body) = await AskAsync(
            """{"model":"support","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true},"stop":"ld"}""");
        var events = Events(body);

        Assert.All(events[..^1], chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Equal(0, events[^1].GetProperty("choices").GetArrayLength());
        Assert.Equal("""{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6}""", events[^1].GetProperty("usage").GetRawText());
        Assert.Equal("Hello wor", Text(events));
    }

    [Fact]
    public async Task Stream_LogProbabilities_ComeWithTheTextTheyBelongTo()
    {
        var (_, body) = await AskAsync(
            """{"model":"support","messages":[{"role":"user","content":"Hi"}],"stream":true,"logprobs":true,"top_logprobs":2,"max_tokens":1}""");

        Assert.Equal(
            """{"content":[{"token":"Hel","logprob":-0.25,"bytes":[72,101,108],"top_logprobs":[{"token":"Hel","logprob":-0.25,"bytes":[72,101,108]},{"token":"lo","logprob":-0.5,"bytes":[108,111]}]}],"refusal":null}""",
            Events(body)[1].GetProperty("choices")[0].GetProperty("logprobs").GetRawText());
    }

    [Fact]
    public async Task Choices_EachHasItsOwnIdAndTakesFeedback()
    {
        foreach (var stream in new[] { "false", "true" })
        {
            var (response, _) = await AskAsync($$"""{"model":"support","messages":[{"role":"user","content":"Hi"}],"n":3,"stream":{{stream}}}""");
            var ids = Assert.Single(response.Headers.GetValues("X-Inference-Id")).Split(',');

            Assert.Equal([ids[0], ids[0] + "-1", ids[0] + "-2"], ids);
            foreach (var id in ids)
            {
                using var thumb = await _host.Http.PostAsJsonAsync("/v1/feedback", new { inference_id = id, label = "down" });
                Assert.Equal(HttpStatusCode.OK, thumb.StatusCode);
            }

            Assert.Equal(3, await _host.ScalarAsync<long>($"select count(*) from serving_inference where inference_id like '{ids[0]}%' and answer = 'Hello world. Bye now.'"));
        }
    }

    private async Task<(HttpResponseMessage Response, string Body)> AskAsync(string request)
    {
        var response = await _host.Http.PostAsync("/v1/chat/completions", new StringContent(request, null, "application/json"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response, await response.Content.ReadAsStringAsync());
    }

    private static JsonElement[] Events(string body) =>
        [.. body.Split("\n\n").Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement)];

    private static string Text(JsonElement[] events) => string.Concat(events
        .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : ""));

    /// <summary>Without what differs from call to call.</summary>
    private static string Plain(string body) => Fingerprint().Replace(Created().Replace(Id().Replace(body, "ID"), "\"created\":0"), "fp_0");

    [GeneratedRegex("chatcmpl-[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex("\"created\":[0-9]+")]
    private static partial Regex Created();

    [GeneratedRegex("fp_[0-9a-f]{12}")]
    private static partial Regex Fingerprint();
}
