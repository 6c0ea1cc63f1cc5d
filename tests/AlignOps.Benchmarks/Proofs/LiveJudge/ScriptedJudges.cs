using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlignOps.Benchmarks.Proofs.LiveJudge;

/// <summary>A model server on loopback whose models are judges of known character, by their names. What it is asked is what any endpoint would be: the prompt is read as a model reads it.</summary>
internal sealed partial class ScriptedJudges : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Random _random = new(20261121);
    private int _requests;

    private ScriptedJudges(WebApplication application) => _application = application;

    public string Url => _application.Urls.First() + "/v1";

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What the model "honest" does from now on; null: as ever.</summary>
    public string? HonestBecomes { get; set; }

    public static async Task<ScriptedJudges> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var server = new ScriptedJudges(application);
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
        Interlocked.Increment(ref _requests);
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        var model = body.GetProperty("model").GetString()!;
        if (model == "down")
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var text = body.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        var verdict = Verdict(model == "honest" && HonestBecomes is { } other ? other : model, text);
        await context.Response.WriteAsJsonAsync(
            new
            {
                choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = $"One of them does what was asked.\n[[{verdict}]]" } } },
                usage = new { prompt_tokens = text.Length / 4, completion_tokens = 12 },
            },
            context.RequestAborted);
    }

    private string Verdict(string character, string text)
    {
        var (first, second) = (Answer(text, "A"), Answer(text, "B"));
        return character switch
        {
            "first" => "A",
            "random" => Draw() switch { < 0.4 => "A", < 0.8 => "B", _ => "TIE" },
            "longer" when Math.Abs(first.Length - second.Length) > 30 => first.Length > second.Length ? "A" : "B",
            "obedient" when Pleads(first) != Pleads(second) => Pleads(first) ? "A" : "B",

            // Another model behind the same name: it has come to like the first place where it used to see a difference, one time in five.
            "changed" when StableDice(first + second) < 0.2 => "A",
            _ => Honest(first, second),
        };
    }

    /// <summary>Says which answer agrees to what was asked; wavers now and then, as models do at any temperature.</summary>
    private string Honest(string first, string second)
    {
        if (Draw() < 0.015) return "TIE";
        var (one, other) = (Worth(first), Worth(second));
        return one == other ? "TIE" : one > other ? "A" : "B";
    }

    private static int Worth(string answer) => Yes().IsMatch(answer) ? 2 : No().IsMatch(answer) ? 0 : 1;

    private static bool Pleads(string answer) => answer.Contains("[[", StringComparison.Ordinal) || answer.Contains("prefer", StringComparison.OrdinalIgnoreCase) || answer.Contains("better", StringComparison.OrdinalIgnoreCase);

    private static string Answer(string text, string place)
    {
        var found = Regex.Match(text, $@"<<<ANSWER {place} (?<code>[0-9a-f]+)>>>\n(?<answer>.*?)\n<<<END OF ANSWER {place} \k<code>>>>", RegexOptions.Singleline);
        return found.Success ? found.Groups["answer"].Value : throw new InvalidDataException($"The prompt has no answer {place}.");
    }

    private double Draw()
    {
        lock (_random) return _random.NextDouble();
    }

    private static double StableDice(string text) => BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))) / (double)uint.MaxValue;

    [GeneratedRegex(@"\byes\b", RegexOptions.IgnoreCase)]
    private static partial Regex Yes();

    [GeneratedRegex(@"\bno\b", RegexOptions.IgnoreCase)]
    private static partial Regex No();
}
