using System.Globalization;
using AlignOps.Benchmarks.Loop;
using AlignOps.Examples.SupportAssistant.Feedback;
using AlignOps.Host.Cli;

namespace AlignOps.Benchmarks.Proofs;

/// <summary><c>loop.story</c>: whatever the seed and the order, good feedback is promoted and bad feedback is rejected.</summary>
internal sealed class StoryProof : IProof
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => "loop.story";

    public string Claim => "for every seed the good batch is promoted and the bad batch rejected, with file names, row order and push order shuffled";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var seeds = arguments.Seeds ?? 20;
        var directory = await SupportWorld.BaseAsync(cancellationToken);
        var right = 0;
        for (var seed = 1; seed <= seeds; seed++)
        {
            var held = await OneSeedAsync(seed, directory, cancellationToken);
            right += held ? 1 : 0;
        }

        Console.WriteLine($"{right} of {seeds} seeds: good promoted, bad rejected");
        return right == seeds;
    }

    private static async Task<bool> OneSeedAsync(int seed, string directory, CancellationToken cancellationToken)
    {
        await using var loop = await EmbeddedLoop.StartAsync(SupportWorld.Pipelines, SupportWorld.Pipeline, directory, cancellationToken);
        (string Wanted, byte[] Content)[] acts =
        [
            ("promoted", SupportWorld.Shuffle(FeedbackBatches.Good(seed).Content, seed)),
            ("rejected", SupportWorld.Shuffle(FeedbackBatches.Bad(seed).Content, seed)),
        ];

        // Every other seed meets the bad batch first, on the base instead of the champion.
        if (seed % 2 == 0)
        {
            Array.Reverse(acts);
        }

        var held = true;
        foreach (var (wanted, content) in acts)
        {
            var name = new Random(seed).Next().ToString("x8", CultureInfo.InvariantCulture) + ".jsonl";
            var report = await loop.Client.PushAsync(loop.Pipeline, name, content, null, cancellationToken);
            var run = await loop.Client.WaitForBatchAsync(loop.Pipeline, report.Text("batchId"), Limit, cancellationToken);
            held &= run.Text("state") == wanted;
            Console.WriteLine($"seed {seed,2}  {name}  {report.Text("batchId")}  wanted {wanted,-8}  got {run.Text("state"),-12}  win rate {run.Text("winRate")}  n {run.Text("items")}  {run.Text("reason")}");
        }

        return held;
    }
}
