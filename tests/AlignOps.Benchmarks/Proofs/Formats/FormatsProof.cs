using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;

namespace AlignOps.Benchmarks.Proofs.Formats;

/// <summary><c>formats</c>: every file of a folder and every shipped example is pushed; what is feedback is imported, what is not is told why.</summary>
internal sealed class FormatsProof : IProof
{
    private static readonly string[] Verdicts = ["accepted", "duplicate", "quarantined", "rejected"];

    public string Name => "formats";

    public string Claim => "every file that is feedback or tasks is imported with each row accounted for, others are named with the reason, and rows written and read again are the same";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Data is not { } data || !Directory.Exists(data))
        {
            Console.WriteLine("Name the folder of files with --data.");
            return false;
        }

        using var folder = new ProofFolder { Keep = false };
        var pipelines = TinyWorld.WritePipeline(folder.Below("pipelines"));
        await using var server = await AlignOpsServer.StartAsync(new HostSettings(folder.Below("state"), pipelines, "http://127.0.0.1:0"), cancellationToken);
        var client = new LoopClient(_ => server.Url);
        var (holds, imported, named) = (true, 0, 0);
        foreach (var path in Files(data).Concat(Files(Path.Combine(Checkout.Root, "pipelines", "formats"))))
        {
            var outcome = await ImportAsync(client, path, cancellationToken);
            holds &= outcome is not null;
            imported += outcome is true ? 1 : 0;
            named += outcome is false ? 1 : 0;
        }

        Console.WriteLine($"{imported} files imported, {named} named as no feedback by themselves");
        return holds && imported > 0;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Where(path => !path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    /// <summary>True: imported. False: named as no feedback. Null: the claim does not hold for it.</summary>
    private static async Task<bool?> ImportAsync(LoopClient client, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        JsonElement report;
        try
        {
            report = await client.PushAsync(TinyWorld.Pipeline, name, await File.ReadAllBytesAsync(path, cancellationToken), null, cancellationToken);
        }
        catch (CommandException refused)
        {
            Console.WriteLine($"{name}: refused whole, nothing recorded: {refused.Message}");
            return refused.Message.Contains("CrowS-Pairs", StringComparison.Ordinal) ? false : null;
        }

        var counts = Verdicts.ToDictionary(verdict => verdict, verdict => report.GetProperty(verdict).GetInt32());
        var (rows, there) = (report.GetProperty("rows").GetInt32(), await ContentCount.RowsAsync(path, cancellationToken));
        Console.WriteLine($"{name}: {string.Join("; ", report.Items("detected").Select(line => line.GetString()))}");
        Console.WriteLine($"    {string.Join(", ", counts.Where(count => count.Value > 0).Select(count => $"{count.Value} {count.Key}"))}; {rows} of {there} rows accounted for; {report.Text("kinds")} {report.Text("byReason")}");
        if (rows != there || counts.Values.Sum() != rows)
        {
            Console.WriteLine("    rows are missing");
            return null;
        }

        if (counts["accepted"] == 0 && counts["duplicate"] == 0)
        {
            Console.WriteLine($"    no feedback by itself: {report.Items("problems").First().Text("sentence")}");
            return report.GetProperty("byReason").EnumerateObject().All(reason => reason.Name is "not-feedback" or "malformed-json") ? false : null;
        }

        var (same, sentence) = await RoundTrip.RunAsync(path, cancellationToken);
        Console.WriteLine($"    {sentence}");
        return same ? true : null;
    }
}
