using System.Text;
using AlignOps.Benchmarks.Loop;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs;

/// <summary><c>loop.controls</c>: what must not be promoted is not.</summary>
internal sealed class ControlsProof : IProof
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => "loop.controls";

    public string Claim => "a batch pushed twice starts one run; random preferences and an equal candidate are never promoted; flipped preferences are rejected";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var seeds = arguments.Seeds ?? 10;
        var directory = await SupportWorld.BaseAsync(cancellationToken);
        var equal = EqualCandidatePipelines();
        var holds = true;
        try
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                holds &= await TwiceAsync(seed, directory, cancellationToken);
                holds &= await ActAsync(seed, "random", SupportWorld.Pipelines, FeedbackBatches.Random(seed).Content, directory, state => state != "promoted", cancellationToken);
                holds &= await ActAsync(seed, "A/A", equal, FeedbackBatches.Good(seed).Content, directory, state => state != "promoted", cancellationToken);
                holds &= await ActAsync(seed, "flipped", SupportWorld.Pipelines, FeedbackBatches.Flipped(seed).Content, directory, state => state == "rejected", cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(equal, recursive: true);
        }

        return holds;
    }

    private static async Task<bool> TwiceAsync(int seed, string directory, CancellationToken cancellationToken)
    {
        await using var loop = await EmbeddedLoop.StartAsync(SupportWorld.Pipelines, SupportWorld.Pipeline, directory, cancellationToken);
        var content = FeedbackBatches.Good(seed).Content;
        var first = await loop.Client.PushAsync(loop.Pipeline, "a.jsonl", content, "first", cancellationToken);
        await loop.Client.WaitForBatchAsync(loop.Pipeline, first.Text("batchId"), Limit, cancellationToken);
        var again = await loop.Client.PushAsync(loop.Pipeline, "b.jsonl", content, "second", cancellationToken);

        // Pushes are handled in order: once a third batch's run has ended, a run of the second push would have shown itself.
        var third = await loop.Client.PushAsync(loop.Pipeline, "c.jsonl", FirstLines(FeedbackBatches.Good(seed + 1000).Content, 40), null, cancellationToken);
        await loop.Client.WaitForBatchAsync(loop.Pipeline, third.Text("batchId"), Limit, cancellationToken);
        var runs = (await loop.Client.RunsAsync(loop.Pipeline, cancellationToken)).Count;
        var holds = again.Text("batchId") == first.Text("batchId") && runs == 2;
        Console.WriteLine($"seed {seed,2}  twice    batch {first.Text("batchId")} and {again.Text("batchId")}, {runs} runs with the third batch's  {(holds ? "ok" : "NOT OK")}");
        return holds;
    }

    private static byte[] FirstLines(byte[] content, int lines) =>
        Encoding.UTF8.GetBytes(string.Join('\n', Encoding.UTF8.GetString(content).Split('\n').Take(lines)) + "\n");

    private static async Task<bool> ActAsync(
        int seed, string what, string pipelines, byte[] content, string directory, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        await using var loop = await EmbeddedLoop.StartAsync(pipelines, SupportWorld.Pipeline, directory, cancellationToken);
        var report = await loop.Client.PushAsync(loop.Pipeline, "feedback.jsonl", SupportWorld.Shuffle(content, seed), null, cancellationToken);
        var run = await loop.Client.WaitForBatchAsync(loop.Pipeline, report.Text("batchId"), Limit, cancellationToken);
        var holds = wanted(run.Text("state"));
        Console.WriteLine($"seed {seed,2}  {what,-8} {run.Text("state"),-12}  win rate {run.Text("winRate")}  n {run.Text("items")}  {run.Text("reason")}  {(holds ? "ok" : "NOT OK")}");
        return holds;
    }

    /// <summary>The shipped pipeline with a learning rate that moves no weight: the candidate is the champion under another name, and its samples are its own.</summary>
    private static string EqualCandidatePipelines()
    {
        var folder = Directory.CreateTempSubdirectory("alignops-equal-").FullName;
        var source = Path.Combine(SupportWorld.Pipelines, SupportWorld.Pipeline);
        var target = Path.Combine(folder, SupportWorld.Pipeline);
        Directory.CreateDirectory(Path.Combine(target, "suites"));
        foreach (var suite in Directory.EnumerateFiles(Path.Combine(source, "suites")))
        {
            File.Copy(suite, Path.Combine(target, "suites", Path.GetFileName(suite)));
        }

        var definition = File.ReadAllLines(Path.Combine(source, "pipeline.yaml"))
            .Select(line => line.TrimStart().StartsWith("learning_rate:", StringComparison.Ordinal) ? "  learning_rate: 1.0e-30" : line);
        File.WriteAllLines(Path.Combine(target, "pipeline.yaml"), definition);
        return folder;
    }
}
