using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AlignOps.Tests.Serving;

/// <summary>Readers that leave, engines that break, queues that are full, files that are not there.</summary>
public sealed class ChatUnderStrainTests
{
    private const string Streamed = """{"model":"support","messages":[{"role":"user","content":"Hi"}],"stream":true}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Stream_ReaderLeaves_StopsTheEngineAndKeepsWhatWasSaid()
    {
        using var pace = new SemaphoreSlim(1);
        var policy = new ScriptedPolicy(["One", .. Enumerable.Repeat(" more", 3999)]) { Pace = pace };
        var host = await ScriptedHost.StartAsync(policy);
        using (var client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = host.Http.BaseAddress })
        using (var response = await SendAsync(client, Streamed.Replace("\"stream\"", "\"max_tokens\":4000,\"stream\"", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (!(await reader.ReadLineAsync())!.Contains("One", StringComparison.Ordinal))
            {
            }
        }

        await ServingHost.UntilAsync(async () =>
        {
            // The server learns of it when it likes to; from then on the next token is the last.
            pace.Release();
            return policy.CutShort.IsCompleted && await host.ScalarAsync<long>("select count(*) from serving_inference where finish_reason = 'abandoned' and answer like 'One%'") == 1;
        });
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Engine_BreaksAtOnce_IsA500InBothForms()
    {
        var host = await ScriptedHost.StartAsync(new ScriptedPolicy("One", " two") { BreaksAfter = 1 });
        foreach (var body in new[] { Streamed, Streamed.Replace("true", "false", StringComparison.Ordinal) })
        {
            using var response = await SendAsync(host, body.Replace("}]", "}],\"stop\":\"One two\"", StringComparison.Ordinal));

            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Equal(("server_error", "generation_failed"), await ErrorAsync(response));
            Assert.False(response.Headers.Contains("X-Inference-Id"));
        }

        await host.DisposeAsync();
    }

    [Fact]
    public async Task Engine_BreaksInTheMiddleOfAStream_EndsItWithAnErrorAndNoDone()
    {
        var host = await ScriptedHost.StartAsync(new ScriptedPolicy("One", " two") { BreaksAfter = 1 });
        using var response = await SendAsync(host, Streamed);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"content\":\"One\"", body, StringComparison.Ordinal);
        Assert.StartsWith("data: {\"error\":{\"message\":", body.Split("\n\n")[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Queue_Full_Is429WithRetryAfterAndNothingOfItIsKept()
    {
        using var pace = new SemaphoreSlim(0);
        var host = await ScriptedHost.StartAsync(new ScriptedPolicy("One") { Pace = pace }, options => (options.QueueCapacity, options.MaxBatch) = (2, 1));

        using var refused = await SendAsync(host, """{"model":"support","messages":[{"role":"user","content":"Hi"}],"n":8}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(("requests", "rate_limit_exceeded"), await ErrorAsync(refused));
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);

        pace.Release(100);
        await ServingHost.UntilAsync(async () =>
        {
            using var response = await SendAsync(host, """{"model":"support","messages":[{"role":"user","content":"Hi"}]}""");
            return response.StatusCode == HttpStatusCode.OK;
        });
        Assert.Equal(1, await host.ScalarAsync<long>("select count(*) from serving_inference"));
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Start_AdapterNotOnDisk_SaysSoIsNotReadyAndServesItOnceItIsThere()
    {
        var host = new ServingHost();
        await host.InitializeAsync();
        var adapter = await host.StoreAdapterAsync(1);
        var (file, away) = (Path.Combine(host.BlobFolder, adapter[..2], adapter[2..]), Path.Combine(host.BlobFolder, "away"));
        File.Move(file, away);
        await host.RegisterAsync(1, adapter);

        await ServingHost.UntilAsync(async () =>
        {
            using var response = await SendAsync(host, """{"model":"support","messages":[{"role":"user","content":"Hi"}]}""");
            var error = await response.Content.ReadAsStringAsync();
            Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
            return response.StatusCode == HttpStatusCode.ServiceUnavailable && error.Contains($"adapter {adapter[..8]}", StringComparison.Ordinal)
                && error.Contains("model_not_ready", StringComparison.Ordinal) && response.Headers.RetryAfter is not null;
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Http.GetAsync("/healthz/ready")).StatusCode);

        File.Move(away, file);
        await host.UntilServedAsync(1);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/healthz/ready")).StatusCode);
        await host.DisposeAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(ServingHost host, string body) => SendAsync(host.Http, body);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, null, "application/json") };
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
    }

    private static async Task<(string?, string?)> ErrorAsync(HttpResponseMessage response)
    {
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        return (error.GetProperty("type").GetString(), error.GetProperty("code").GetString());
    }
}
