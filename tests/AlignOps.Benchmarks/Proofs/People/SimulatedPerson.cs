using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AlignOps.Benchmarks.Proofs.People;

/// <summary>Somebody who takes pairs from the queue over HTTP and says which answer is better, by a rule that the server does not know.</summary>
/// <param name="prefersFirst">Given question, first and second answer.</param>
internal sealed class SimulatedPerson(Uri url, string key, Func<string, string, string, bool> prefersFirst) : IDisposable
{
    private static readonly string[] Shown = ["itemId", "pipeline", "prompt", "first", "second", "claimedUntil", "left"];

    private readonly HttpClient _http = new() { BaseAddress = url, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };

    /// <summary>What was handed to this person, in order: question, first and second answer.</summary>
    public List<(string Question, string First, string Second)> Seen { get; } = [];

    /// <summary>Something in an answer of the server would tell whose answer is whose.</summary>
    public bool Told { get; private set; }

    /// <summary>A number in [0, 1) that a question always has.</summary>
    public static double Chance(string question, string of) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{of}\n{question}"))) / (double)(1UL << 32);

    /// <returns>False where nothing waits.</returns>
    public async Task<bool> LabelOneAsync(string runId, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        using var handed = await _http.PostAsync(new Uri($"/v1/labels/next?run={runId}", UriKind.Relative), null, cancellationToken);
        handed.EnsureSuccessStatusCode();
        var text = await handed.Content.ReadAsStringAsync(cancellationToken);
        if (text.Length == 0) return false;

        var pair = JsonSerializer.Deserialize<JsonElement>(text);
        Told |= !pair.EnumerateObject().Select(property => property.Name).SequenceEqual(Shown) || names.Any(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));
        var (question, first, second) = (pair.GetProperty("prompt")[0].GetProperty("content").GetString()!, pair.GetProperty("first").GetString()!, pair.GetProperty("second").GetString()!);
        Seen.Add((question, first, second));
        using var said = await _http.PostAsJsonAsync(
            $"/v1/labels/{pair.GetProperty("itemId").GetString()}", new { choice = prefersFirst(question, first, second) ? "first" : "second", firstLevel = "good" }, cancellationToken);

        // Others may have answered the last pairs that were wanted meanwhile, and then nobody is asked any more.
        if (said.StatusCode != HttpStatusCode.Conflict) said.EnsureSuccessStatusCode();
        return true;
    }

    public void Dispose() => _http.Dispose();
}
