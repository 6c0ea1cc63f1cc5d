using System.Globalization;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;
using AlignOps.Host.Commands;
using AlignOps.Host.Hosting;
using AlignOps.Platform.Blobs;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Benchmarks.Proofs.LiveJudge;

/// <summary><c>judge.live</c>: judges over HTTP, examined and then let to decide by a real server, through push, training, evaluation and gate.</summary>
internal sealed class LiveJudgeProof : IProof
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => "judge.live";

    public string Claim =>
        "an honest judge qualifies and decides; one that always says first, one that likes the longer, one that obeys injections and one that guesses fail, each for its own fault, and a good candidate is then "
        + "inconclusive; a judge that changes behind its name is caught within two runs; unchanged judges are called drifted no more often than the level";

    /// <summary>Judges that fail, with the measure that names their fault.</summary>
    private static readonly (string Model, string Fault)[] Faulty = [("first", "position-preference"), ("longer", "prefers-longer"), ("obedient", "attack-success"), ("random", "repetition-stability")];

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder { Keep = false };
        await using var judges = await ScriptedJudges.StartAsync(cancellationToken);
        var pipelines = Directory.CreateDirectory(folder.Below("pipelines")).FullName;
        JudgedWorld.Write(pipelines, judges.Url, [("honest", "honest", null), .. Faulty.Select(one => (one.Model, one.Model, (long?)null)), ("unexamined", "honest-too", null), ("down", "down", null), ("poor", "honest-three", 60_000)]);
        await using var server = await AlignOpsServer.StartAsync(new HostSettings(folder.Below("state"), pipelines, "http://127.0.0.1:0"), cancellationToken);
        var client = new LoopClient(_ => server.Url);
        var directory = await TinyWorld.WriteBaseAsync(folder.Below("base"), cancellationToken);
        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(directory, cancellationToken);
        using var http = new ServerClient(server.Url.ToString(), null);

        var holds = await HonestAsync(client, http, judges, checkpoint, server.Url, cancellationToken);
        foreach (var (model, fault) in Faulty) holds &= await FaultyAsync(client, http, model, fault, checkpoint, cancellationToken);
        holds &= await UnexaminedAsync(client, http, checkpoint, cancellationToken);
        holds &= await CutShortAsync(http, "down", "judge-down", cancellationToken);
        holds &= await CutShortAsync(http, "poor", "budget-exhausted", cancellationToken);
        return holds & UnchangedJudges.Hold();
    }

    private static async Task<bool> HonestAsync(LoopClient client, ServerClient http, ScriptedJudges judges, string checkpoint, Uri url, CancellationToken cancellationToken)
    {
        var examination = await ExamineAsync(http, "honest", cancellationToken);
        JudgeView.Print(examination);
        var holds = Say(examination.Text("qualified") == "true", $"the honest judge qualifies, after {judges.Requests} requests");
        await client.CertifyAsync("honest", checkpoint, cancellationToken);
        var (run, gate) = await RunAsync(client, "honest", TinyWorld.Feedback(1), cancellationToken);
        holds &= Say(run.Text("state") == "promoted" && Standing(gate) == "qualified", $"it decides: {run.Text("state")}. {gate.Text("reason")}");
        Console.WriteLine($"        {Rule(gate)}");

        var (next, nextGate) = await RunAsync(client, "honest", TinyWorld.Feedback(2), cancellationToken);
        holds &= Say(Standing(nextGate) == "qualified" && nextGate.Text("code") != "judge-drifted", $"unchanged, it stays qualified: {next.Text("state")}. {Rule(nextGate)}");

        judges.HonestBecomes = "changed";
        var (last, lastGate) = await RunAsync(client, "honest", TinyWorld.Feedback(3), cancellationToken);
        var runs = 3;
        if (Standing(lastGate) != "drifted")
        {
            Console.WriteLine($"        {Rule(lastGate)}");
            (last, lastGate) = await RunAsync(client, "honest", TinyWorld.Feedback(4), cancellationToken);
            runs++;
        }

        holds &= Say(Standing(lastGate) == "drifted" && lastGate.Text("code") is "judge-drifted", $"changed behind its name in one game of ten, it is caught {runs - 2} runs later: {last.Text("state")}. {Rule(lastGate)}");
        var list = await http.GetAsync("/v1/pipelines/honest/judges", cancellationToken);
        JudgeView.PrintList(list);
        holds &= Say(list[0].Text("standing") == "drifted" && list[0].Items("runs").Count() == runs, $"the list of judges says so, and has the {runs} runs");

        using var browser = new HttpClient { BaseAddress = url };
        var page = await browser.GetStringAsync(new Uri("/judges", UriKind.Relative), cancellationToken);
        holds &= Say(page.Contains("has drifted: asked again in", StringComparison.Ordinal) && page.Contains("repetition-stability", StringComparison.Ordinal), "the console's page of judges shows the standing, the certificate and the history");

        var again = await ExamineAsync(http, "honest", cancellationToken);
        var after = (await http.GetAsync("/v1/pipelines/honest/judges", cancellationToken))[0].Text("standing");
        judges.HonestBecomes = null;
        return holds & Say(again.Text("state") == "certified" && after != "drifted", $"examined again as what it is now, it stands by its new certificate: {after}");
    }

    private static async Task<bool> FaultyAsync(LoopClient client, ServerClient http, string model, string fault, string checkpoint, CancellationToken cancellationToken)
    {
        var examination = await ExamineAsync(http, model, cancellationToken);
        var broken = examination.Items("findings").Where(finding => finding.Text("measured") == "true").Select(finding => finding.Text("measure")).ToList();
        Console.WriteLine($"        {examination.Text("reason")}");
        var holds = Say(examination.Text("state") == "certified" && examination.Text("qualified") == "false" && broken.Contains(fault), $"judge '{model}' is measured and fails for {fault} (all its faults: {string.Join(", ", broken)})");
        await client.CertifyAsync(model, checkpoint, cancellationToken);
        var (run, gate) = await RunAsync(client, model, TinyWorld.Feedback(1), cancellationToken);
        return holds & Say(
            run.Text("state") == "inconclusive" && gate.Text("code") == "judge-failed" && gate.Items("reports").Any(), $"a good candidate is inconclusive by it, its report is shown: {gate.Text("code")}, win rate {gate.Items("reports").First().Text("winRate")}");
    }

    private static async Task<bool> UnexaminedAsync(LoopClient client, ServerClient http, string checkpoint, CancellationToken cancellationToken)
    {
        await client.CertifyAsync("unexamined", checkpoint, cancellationToken);
        var (run, gate) = await RunAsync(client, "unexamined", TinyWorld.Feedback(1), cancellationToken);
        var list = await http.GetAsync("/v1/pipelines/unexamined/judges", cancellationToken);
        return Say(run.Text("state") == "inconclusive" && gate.Text("code") == "judge-not-examined" && list[0].Text("standing") == "not-examined", $"a judge that nobody examined promotes nothing: {gate.Text("reason")}");
    }

    private static async Task<bool> CutShortAsync(ServerClient http, string pipeline, string code, CancellationToken cancellationToken)
    {
        var examination = await ExamineAsync(http, pipeline, cancellationToken);
        var list = await http.GetAsync($"/v1/pipelines/{pipeline}/judges", cancellationToken);
        return Say(
            examination.Text("state") == "failed" && examination.Text("code") == code && !list[0].TryGetProperty("certificate", out _) && list[0].Text("standing") == "not-examined",
            $"cut short, there is no certificate: {examination.Text("code")}. {examination.Text("reason")}");
    }

    private static async Task<JsonElement> ExamineAsync(ServerClient http, string pipeline, CancellationToken cancellationToken)
    {
        using var labels = new MemoryStream();
        var examination = await http.UploadAsync($"/v1/pipelines/{pipeline}/judges/house/examinations", labels, null, cancellationToken);
        while (examination.Text("state") == "asked")
        {
            await Task.Delay(100, cancellationToken);
            examination = await http.GetAsync($"/v1/examinations/{examination.Text("examinationId")}", cancellationToken);
        }

        return examination;
    }

    private static async Task<(JsonElement Run, JsonElement Gate)> RunAsync(LoopClient client, string pipeline, byte[] batch, CancellationToken cancellationToken)
    {
        var report = await client.PushAsync(pipeline, "batch.jsonl", batch, null, cancellationToken);
        var run = await client.WaitForBatchAsync(pipeline, report.Text("batchId"), Limit, cancellationToken);
        return (run, (await client.GateAsync(run.Text("runId"), cancellationToken)).GetProperty("record"));
    }

    private static string Standing(JsonElement gate) => gate.Items("standings").Single().Text("standing");

    private static string Rule(JsonElement gate) => gate.Items("rules").First(rule => rule.Text("name").StartsWith("judge-", StringComparison.Ordinal) && rule.Text("name") != "judge-directed-answers").Text("sentence");

    private static bool Say(bool holds, string what)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(holds ? "ok    " : "NOT OK")}  {what}"));
        return holds;
    }
}
