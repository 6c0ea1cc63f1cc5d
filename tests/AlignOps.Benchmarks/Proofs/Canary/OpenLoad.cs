using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Benchmarks.Loop;
using AlignOps.Serving.Routing;

namespace AlignOps.Benchmarks.Proofs.Canary;

/// <summary>Asks at a steady rate over HTTP, each time as another person, whether or not earlier answers are in.</summary>
internal sealed class OpenLoad(Uri url, int perSecond) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };

    public ConcurrentQueue<LoadAnswer> Answers { get; } = [];

    public async Task RunAsync(CancellationToken until)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        var asked = new List<Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(until)) asked.Add(AskAsync(asked.Count));
        }
        catch (OperationCanceledException)
        {
            // The load ends; what was asked is still answered.
        }

        await Task.WhenAll(asked);
    }

    public void Dispose() => _http.Dispose();

    private async Task AskAsync(int number)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync("/v1/chat/completions", new
            {
                model = TinyWorld.Pipeline,
                messages = new[] { new { role = "user", content = "Should I call it?" } },
                temperature = 0,
                max_tokens = 32,
                user = string.Create(CultureInfo.InvariantCulture, $"person {number}"),
            });
            var body = await response.Content.ReadFromJsonAsync<JsonElement>();
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            Answers.Enqueue(response.IsSuccessStatusCode
                ? new LoadAnswer(
                    now, null, body.GetProperty("id").GetString()!, response.Headers.GetValues(Roles.Answer).Single(), body.GetProperty("model").GetString()!,
                    body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Trim())
                : new LoadAnswer(now, $"{(int)response.StatusCode} {body}", "", "", "", ""));
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException)
        {
            Answers.Enqueue(new LoadAnswer(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), fault.Message, "", "", "", ""));
        }
    }
}
