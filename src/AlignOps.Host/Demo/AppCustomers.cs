using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Examples.SupportAssistant;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Demo;

/// <summary>Simulated customers of the app: each asks over HTTP as any program would, reads the answer, and gives a thumb by what the example's verifier finds in it.</summary>
internal sealed class AppCustomers(HttpClient http, string pipeline, long seed)
{
    private const int AtOnce = 4;
    private const int Messages = 4000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly IReadOnlyList<string> _messages = PhoneApp.Messages(seed, Messages);
    private readonly ConcurrentQueue<int> _metTheCanary = new();
    private int _next = -1;

    /// <summary>One customer after the other, a few at a time, until it is evening.</summary>
    public async Task VisitAsync(CancellationToken evening)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                while (true)
                {
                    var customer = Interlocked.Increment(ref _next);
                    await VisitAsync(customer, evening);
                    await Task.Delay(Pause, evening);
                }
            }));
        }
        catch (OperationCanceledException) when (evening.IsCancellationRequested)
        {
            // They go home.
        }
    }

    /// <summary>Customers whom the canary has answered ask again and again, until one is answered by the champion.</summary>
    public async Task UntilServedByTheChampionAgainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_metTheCanary.TryDequeue(out var customer))
            {
                var answer = await AskAsync(customer, cancellationToken);
                if (answer.Role == "champion")
                {
                    return;
                }

                _metTheCanary.Enqueue(customer);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task VisitAsync(int customer, CancellationToken evening)
    {
        var answer = await AskAsync(customer, evening);
        if (answer.Role == "canary")
        {
            _metTheCanary.Enqueue(customer);
        }

        var label = PhoneApp.Likes(Message(customer), answer.Text) ? "up" : "down";
        using var response = await http.PostAsJsonAsync("/v1/feedback", new { inference_id = answer.InferenceId, label }, evening);
        await RefuseAsync(response, evening);
    }

    private async Task<Answer> AskAsync(int customer, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(
            "/v1/chat/completions",
            new
            {
                model = pipeline,
                messages = new[] { new { role = "user", content = Message(customer) } },
                user = string.Create(CultureInfo.InvariantCulture, $"customer-{customer}"),
                seed = customer,
            },
            cancellationToken);
        await RefuseAsync(response, cancellationToken);
        var completion = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new Answer(
            completion.Text("id"),
            response.Headers.GetValues("X-AlignOps-Role").Single(),
            completion.Items("choices").First().GetProperty("message").Text("content"));
    }

    private string Message(int customer) => _messages[customer % Messages];

    private static async Task RefuseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new CommandException(ExitCode.Failed, $"A customer was not served: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    private sealed record Answer(string InferenceId, string Role, string Text);
}
