using System.Diagnostics;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs.Operations;

/// <summary><c>trace</c>: a batch is pushed from the command line, its training's process is killed and started again, and one trace still holds all that became of it.</summary>
internal sealed class TraceProof : IProof
{
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SpanLimit = TimeSpan.FromSeconds(60);

    private static readonly (string Step, string Service, string Span)[] Steps =
    [
        ("push", "alignops-cli", "alignops push"),
        ("intake", "alignops-intake", "POST /v1/pipelines/{pipeline}/batches"),
        ("run", "alignops-pipelines", $"run {TinyWorld.Pipeline}"),
        ("training", "alignops-training", "job training.train"),
        ("evaluation", "alignops-evaluation", "job evaluation.evaluate"),
        ("gate", "alignops-promotion", "process alignops.decide-gate"),
        ("deployment", "alignops-promotion", $"deploy {TinyWorld.Pipeline}"),
        ("deployment", "alignops-serving", "hear alignops.model-promoted"),
    ];

    public string Name => "trace";

    public string Claim => "one trace holds push, intake, run, training, evaluation, gate and deployment of a batch, across processes and over the kill of one";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        using var servers = PrivateServers.Start(folder.Below("servers"));
        var world = await World.TinyAsync(folder.Below("tiny"), cancellationToken);
        LetPass(Path.Combine(world.Pipelines, world.Pipeline, "pipeline.yaml"));
        using var collector = OtlpCollector.Start();
        await using var deployment = Deployment.Distributed(folder.Below("deployment"), world.Pipelines, servers);
        deployment.ExtraArguments = ["--lease", "3"];
        try
        {
            await deployment.StartAsync(cancellationToken);
            await deployment.CrownAsync(world, cancellationToken);
            Console.WriteLine($"  {deployment.Description} is up; spans go to {collector.Endpoint} by OTLP over HTTP");
            await PushAsync(deployment, folder.Below("good.jsonl"), world, cancellationToken);
            await KillTrainingAsync(deployment, world.Pipeline, cancellationToken);
            var run = await EndAsync(deployment, world.Pipeline, cancellationToken);
            Console.WriteLine($"  run {run.Text("runId")}: {run.Text("state")}");
            var holds = await AwaitStepsAsync(collector, cancellationToken) && run.Text("state") == "promoted";
            folder.Keep = !holds;
            return holds;
        }
        catch (Exception)
        {
            Console.WriteLine(deployment.LastWords());
            throw;
        }
    }

    /// <summary>The smallest world forgets a little of what it could do, more than its gate lets pass; this proof needs a candidate that is deployed.</summary>
    private static void LetPass(string definition) =>
        File.WriteAllText(definition, File.ReadAllText(definition).Replace("regression_margin: 0.1", "regression_margin: 0.3", StringComparison.Ordinal));

    /// <summary><c>alignops push</c>, as a process of its own.</summary>
    private static async Task PushAsync(Deployment deployment, string file, World world, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(file, world.Batches[0].Content, cancellationToken);
        using var push = Process.Start(new ProcessStartInfo("dotnet", [typeof(ExitCode).Assembly.Location, "push", world.Pipeline, file, "--server", deployment.UrlOf("intake").ToString(), "--json"]) { RedirectStandardOutput = true })!;
        var answer = await push.StandardOutput.ReadToEndAsync(cancellationToken);
        await push.WaitForExitAsync(cancellationToken);
        if (push.ExitCode != ExitCode.Success)
        {
            throw new InvalidOperationException($"alignops push ended with {push.ExitCode}: {answer}");
        }
    }

    private static async Task KillTrainingAsync(Deployment deployment, string pipeline, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RunLimit);
        while ((await deployment.Client.RunsAsync(pipeline, limit.Token)).All(run => run.Text("state") is "preparing" or "synthesizing" or "mixing"))
        {
            await Task.Delay(20, limit.Token);
        }

        deployment.Kill(["training"]);
        await deployment.StartAsync(["training"], cancellationToken);
        Console.WriteLine("  the training process was killed with kill -9 and started again");
    }

    private static async Task<System.Text.Json.JsonElement> EndAsync(Deployment deployment, string pipeline, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RunLimit);
        while (true)
        {
            if ((await deployment.Client.RunsAsync(pipeline, limit.Token)).FirstOrDefault(run => run.Text("state") is "promoted" or "rejected" or "inconclusive" or "failed") is { ValueKind: System.Text.Json.JsonValueKind.Object } ended)
            {
                return ended;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    /// <summary>Spans come a moment after what they tell of.</summary>
    private static async Task<bool> AwaitStepsAsync(OtlpCollector collector, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var spans = collector.Spans;
            var push = spans.FirstOrDefault(span => span.Name == "alignops push");
            SeenSpan[] trace = [.. spans.Where(span => span.Trace == push?.Trace).OrderBy(span => span.Start)];
            var found = Steps.Select(step => trace.FirstOrDefault(span => span.Service == step.Service && span.Name == step.Span)).ToArray();
            if (found.All(span => span is not null) || Stopwatch.GetElapsedTime(started) > SpanLimit)
            {
                return Print(push, trace, found);
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    private static bool Print(SeenSpan? push, SeenSpan[] trace, SeenSpan?[] found)
    {
        Console.WriteLine($"  trace {push?.Trace}: {trace.Length} spans of {trace.Select(span => span.Service).Distinct().Count()} processes");
        for (var i = 0; i < Steps.Length; i++)
        {
            var (step, service, name) = Steps[i];
            Console.WriteLine(found[i] is { } span
                ? $"  {step,-11} {service,-20} {name,-40} at {(span.Start - push!.Start) / 1e6,8:0} ms for {(span.End - span.Start) / 1e6,7:0} ms"
                : $"  {step,-11} {service,-20} {name,-40} MISSING");
        }

        var ids = trace.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
        var roots = trace.Where(span => span.Parent.Length == 0).ToArray();
        var lost = trace.Where(span => span.Parent.Length > 0 && !ids.Contains(span.Parent)).ToArray();
        Console.WriteLine($"  {roots.Length} span without a parent ({string.Join(", ", roots.Select(span => span.Name))}); {lost.Length} whose parent was lost with the killed process");
        return found.All(span => span is not null) && roots is [{ Name: "alignops push" }];
    }
}
