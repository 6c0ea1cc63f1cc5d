using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Host.Commands;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Benchmarks.Proofs.Code;

/// <summary><c>eval.code</c>: programs are judged by running them, and running them harms nothing.</summary>
internal sealed class CodeProof : IProof
{
    public string Name => "eval.code";

    public string Claim => "a code suite is judged in the sandbox by one command: right solutions pass 100 %, every wrong, endless or hostile one ends in its named state, and nothing is left behind";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var protection = LinuxSandbox.Shared.Protection;
        if (protection.Refusal is { } refusal)
        {
            Console.WriteLine($"This machine cannot sandbox, so nothing was run: {refusal}");
            return false;
        }

        Console.WriteLine($"protections that are on: {string.Join(", ", protection.Guards)}");
        using var folder = new ProofFolder { Keep = false };
        var gold = await RunAsync(folder, "gold", CodeTasks.All.Select(task => (task.Row(), task.Id, $"A solution:\n```python\n{task.Solution}\n```\n")), cancellationToken);
        var passed = gold.Count(line => line.GetProperty("metrics").GetProperty("pass").GetDouble() == 1);
        Console.WriteLine($"right solutions: {passed} of {CodeTasks.All.Count} pass");
        return await HostileAsync(folder, cancellationToken) & passed == CodeTasks.All.Count;
    }

    private static async Task<bool> HostileAsync(ProofFolder folder, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var secret = folder.Below("secret");
        await File.WriteAllTextAsync(secret, "nobody may see this", cancellationToken);
        var answers = HostileAnswers.All(secret, ((IPEndPoint)listener.LocalEndpoint).Port);
        var tasks = CodeTasks.All.ToDictionary(task => task.Id);
        var before = Processes();
        var results = await RunAsync(folder, "hostile", answers.Select(answer => (tasks[answer.Task].Row(answer.Name), answer.Name, answer.Code)), cancellationToken);
        var holds = true;
        foreach (var (answer, line) in answers.Zip(results))
        {
            var note = line.GetProperty("outputs").TryGetProperty("state", out var state) ? state.GetString()! : line.GetProperty("unscored").GetString()!;
            var right = note.StartsWith(answer.State + ": ", StringComparison.Ordinal) && line.GetProperty("metrics").GetProperty("pass").GetDouble() == 0;
            Console.WriteLine($"    {(right ? "ok" : "NO"),-3} {answer.Name,-32} {note}");
            holds &= right;
        }

        var left = Processes().Except(before).Where(name => name.Contains("/job/", StringComparison.Ordinal)).ToList();
        var seen = results.Any(line => line.GetRawText().Contains("nobody may see this", StringComparison.Ordinal));
        Console.WriteLine($"left behind: {left.Count} processes{(left.Count > 0 ? " " + string.Join(", ", left) : "")}, {(File.Exists(secret + ".written") ? 1 : 0)} files; {(listener.Pending() ? "a" : "no")} connection came; the secret was {(seen ? "" : "not ")}seen");
        return holds && left.Count == 0 && !seen && !File.Exists(secret + ".written") && !listener.Pending();
    }

    /// <summary><c>alignops evaluate FILE --answers FILE --output FILE</c>, in this process.</summary>
    private static async Task<IReadOnlyList<JsonElement>> RunAsync(ProofFolder folder, string name, IEnumerable<(string Row, string Id, string Answer)> items, CancellationToken cancellationToken)
    {
        var all = items.ToList();
        string rows = folder.Below($"{name}.jsonl"), answers = folder.Below($"{name}-answers.jsonl"), output = folder.Below($"{name}-results.jsonl");
        await File.WriteAllLinesAsync(rows, all.Select(item => item.Row), cancellationToken);
        await File.WriteAllLinesAsync(answers, all.Select(item => JsonSerializer.Serialize(new { id = item.Id, answer = item.Answer })), cancellationToken);
        var code = await EvaluateCommand.Create().Parse([rows, "--answers", answers, "--output", output]).InvokeAsync(cancellationToken: cancellationToken);
        return code == 0 ? [.. (await File.ReadAllLinesAsync(output, cancellationToken)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))] : throw new InvalidDataException($"alignops evaluate ended with {code}.");
    }

    private static HashSet<string> Processes()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                found.Add($"{Path.GetFileName(folder)} {File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ')}");
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended between the listing and the look.
            }
        }

        return found;
    }
}
