using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>
/// A server of chat completions that judges by script, whatever the protocol, and does what such servers do: 5 % errors, 3 % pages that are no completion, bursts of 429, and of its
/// answers one in a hundred each in prose, with two verdicts, empty, refused, or stopped by a content filter.
/// </summary>
internal sealed class KindsServer : IAsyncDisposable
{
    /// <summary>Shorter than a call's patience, so that the last call of a judge outlasts a burst that it has to itself.</summary>
    private const int BurstEvery = 150, BurstLength = 5;

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _requests;

    private KindsServer(WebApplication application) => _application = application;

    public string Url => _application.Urls.First() + "/v1";

    public int Requests => Volatile.Read(ref _requests);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public static async Task<KindsServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var server = new KindsServer(application);
        application.MapPost("/v1/chat/completions", server.AnswerAsync);
        await application.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _requests);
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var text = body.RootElement.GetRawText();
        if (number % BurstEvery >= BurstEvery - BurstLength)
        {
            Count("429");
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "1");
            await context.Response.WriteAsync("""{"error": {"code": "rate_limit_exceeded"}}""");
            return;
        }

        // Equal requests are answered alike, but a fault of the moment passes.
        switch (Dice(text, _seen.AddOrUpdate(text, 1, (_, seen) => seen + 1)))
        {
            case < 5:
                Count("5xx");
                context.Response.StatusCode = 503;
                await context.Response.WriteAsync("upstream connect error");
                return;
            case < 8:
                Count("no completion");
                await context.Response.WriteAsync("<html><body>OK</body></html>");
                return;
        }

        var (kind, reply) = Reply(body.RootElement, Dice(text, 0), text);
        Count(kind);
        await context.Response.WriteAsJsonAsync(new { choices = new[] { reply }, usage = new { prompt_tokens = text.Length / 4, completion_tokens = 40 } });
    }

    private static (string Kind, object Reply) Reply(JsonElement request, int dice, string text)
    {
        var wantsTokens = request.TryGetProperty("top_logprobs", out _);
        return dice switch
        {
            0 => ("prose", Spoken(KindsScript.Prose, wantsTokens)),
            1 => ("two verdicts", Spoken(KindsScript.TwoVerdicts, wantsTokens)),
            2 => ("empty", Spoken("", wantsTokens)),
            3 => ("refused", new { finish_reason = "stop", message = new { content = (string?)null, refusal = "I cannot judge this." } }),
            4 => ("content filter", new { finish_reason = "content_filter", message = new { content = "" } }),
            _ => ("judged", KindsScript.Say(request, Dice(text, -1))),
        };
    }

    /// <summary>Words as a completion; a server that was asked for log-probabilities gives those of the words.</summary>
    internal static object Spoken(string text, bool wantsTokens) => wantsTokens
        ? new { finish_reason = "stop", message = new { content = text }, logprobs = new { content = new[] { Token(text, (text, 0.9)) } } }
        : new { finish_reason = "stop", message = new { content = text } };

    internal static object Token(string text, params (string Text, double Probability)[] likeliest) =>
        new { token = text, logprob = Math.Log(likeliest[0].Probability), top_logprobs = likeliest.Select(one => new { token = one.Text, logprob = Math.Log(one.Probability) }) };

    /// <summary>0 to 99, drawn from the text and a number.</summary>
    private static int Dice(string text, int number) =>
        (int)(BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{number}\n{text}")))) % 100);

    private void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
