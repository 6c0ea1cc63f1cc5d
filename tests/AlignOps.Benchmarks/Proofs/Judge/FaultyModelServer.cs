using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignOps.Benchmarks.Proofs.Judge;

/// <summary>
/// A model server on loopback with the faults of real ones: 50 ms an answer, errors, malformed answers, bursts of 429. It counts requests by what it did with them, and the tokens
/// that it would bill: input for what failed half-way, all for what it answered in whatever form.
/// </summary>
internal sealed class FaultyModelServer : IAsyncDisposable
{
    public const string Error = "server-error", TurnedAway = "rate-limited", Malformed = "malformed", Refused = "refused", Answered = "answered";

    private const int BurstEvery = 200, BurstLength = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _requests;
    private int _underWay;
    private int _peak;
    private long _billed;

    private FaultyModelServer(WebApplication application) => _application = application;

    public string Url => _application.Urls.First() + "/v1";

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public int Requests => Volatile.Read(ref _requests);

    public long Billed => Interlocked.Read(ref _billed);

    /// <summary>The most requests at once.</summary>
    public int Peak => Volatile.Read(ref _peak);

    public static async Task<FaultyModelServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var server = new FaultyModelServer(application);
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
        var now = Interlocked.Increment(ref _underWay);
        for (var peak = Peak; now > peak && Interlocked.CompareExchange(ref _peak, now, peak) != peak; peak = Peak)
        {
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
            await Task.Delay(Latency, context.RequestAborted);
            await (number % BurstEvery >= BurstEvery - BurstLength ? TurnAwayAsync(context) : AnswerAsync(context, body.GetProperty("messages")));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private Task TurnAwayAsync(HttpContext context)
    {
        Count(TurnedAway);
        (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "1");
        return context.Response.WriteAsync("""{"error": {"code": "rate_limit_exceeded"}}""");
    }

    private Task AnswerAsync(HttpContext context, JsonElement messages)
    {
        var text = messages[1].GetProperty("content").GetString()!;
        var input = messages.EnumerateArray().Sum(message => Encoding.UTF8.GetByteCount(message.GetProperty("content").GetString()!)) / 4;

        // Equal requests are answered alike, but a fault of the moment passes.
        var dice = Dice(text, _seen.AddOrUpdate(text, 1, (_, seen) => seen + 1));
        if (dice < 5)
        {
            Count(Error);
            Interlocked.Add(ref _billed, input);
            context.Response.StatusCode = 500 + (dice % 4);
            return context.Response.WriteAsync("upstream connect error");
        }

        if (dice < 8)
        {
            Count(Malformed);
            Interlocked.Add(ref _billed, input + 20);
            return context.Response.WriteAsync(dice == 5 ? """{"choices": [{"message": {"content": "A is the bet""" : "<html><body>OK</body></html>");
        }

        var (said, refusal) = Say(text, Dice(text, 0));
        var output = ((said ?? refusal)!.Length + 3) / 4;
        Count(refusal is null ? Answered : Refused);
        Interlocked.Add(ref _billed, input + output);
        return context.Response.WriteAsJsonAsync(new
        {
            choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = said, refusal } } },
            usage = new { prompt_tokens = input, completion_tokens = output },
        });
    }

    /// <summary>Three in a hundred without a verdict that counts; the others prefer the kinder answer, seven in ten in both orders.</summary>
    private static (string? Said, string? Refusal) Say(string text, int dice) => dice switch
    {
        0 => ("I find it hard to choose: A is shorter and B is warmer, so it depends on the reader.", null),
        1 => ("[[A]] at first sight.\nReading again, B is kinder.\n[[B]]", null),
        2 when text.Length % 2 == 0 => ("", null),
        2 => (null, "I cannot compare these."),
        _ => ($"One of them is kinder and more to the point.\n[[{(dice < 30 || text.IndexOf("kindly", StringComparison.Ordinal) < text.IndexOf("<<<ANSWER B", StringComparison.Ordinal) ? "A" : "B")}]]", null),
    };

    /// <summary>0 to 99, drawn from the text and a number.</summary>
    private static int Dice(string text, int number) =>
        (int)(BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{number}\n{text}")))) % 100);

    private void Count(string what) => _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
}
