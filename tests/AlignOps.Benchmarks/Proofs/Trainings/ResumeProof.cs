using AlignOps.Benchmarks.Deployments;
using AlignOps.Models.Sampling;

namespace AlignOps.Benchmarks.Proofs.Trainings;

/// <summary>Trainings in processes of their own, killed at random points and started again with the same command.</summary>
internal sealed class ResumeProof : IProof
{
    private static readonly string[] Files = ["adapter_model.safetensors", "adapter_config.json", "alignops.json", "metrics.jsonl"];

    public string Name => "resume";

    public string Claim => "A training that is killed (kill -9) at ten random points, over SFT with dropout, NEFTune, early stopping and the best kept, packed DPO, and KTO, ends in the same bytes of adapter, manifest and metrics as one that was let be.";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder();
        var world = await ResumeWorld.WriteAsync(folder.Below("world"), cancellationToken);
        int seed = arguments.Seeds ?? 1;
        var random = new RandomStream(seed);
        bool holds = true;
        foreach (ResumeCase one in ResumeCase.All)
        {
            holds &= await HoldsAsync(one, world, folder, random, cancellationToken);
        }

        folder.Keep = !holds;
        return holds;
    }

    private static async Task<bool> HoldsAsync(ResumeCase one, ResumeWorld world, ProofFolder folder, RandomStream random, CancellationToken cancellationToken)
    {
        string straight = folder.Below($"{one.Method}-straight"), killed = folder.Below($"{one.Method}-killed");
        using (var process = TrainProcess.Start(one.Arguments(world, straight)))
        {
            if (await process.EndAsync(cancellationToken) != 0)
            {
                Console.WriteLine(process.Output);
                return false;
            }
        }

        int steps = File.ReadLines(Path.Combine(straight, "metrics.jsonl")).Count();
        Console.WriteLine($"  {one.Title}: {steps} lines of metrics");
        foreach (KillPoint point in one.Points(steps, random))
        {
            using var process = TrainProcess.Start(one.Arguments(world, killed));
            bool reached = await process.UntilAsync(() => point.Seen(killed), cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(point.Then), cancellationToken);
            bool alive = !process.HasExited;
            process.Kill();
            Console.WriteLine($"    killed {point.Where} and {point.Then} ms: {(reached && alive ? Lines(killed) : "it had ended before")}");
            if (!reached || !alive)
            {
                Console.WriteLine(process.Output);
                return false;
            }
        }

        using (var last = TrainProcess.Start(one.Arguments(world, killed)))
        {
            int exit = await last.EndAsync(cancellationToken);
            string resumed = last.Output.Split('\n').FirstOrDefault(line => line.Contains("Goes on", StringComparison.Ordinal)) ?? "began anew";
            bool same = exit == 0 && Files.All(file => Same(Path.Combine(straight, file), Path.Combine(killed, file)));
            Console.WriteLine($"    started again: {resumed.Trim()}; {string.Join(", ", Files)} {(same ? "bit-identical" : "DIFFER")}");
            if (!same)
            {
                Console.WriteLine(last.Output);
            }

            return same;
        }
    }

    private static string Lines(string output)
    {
        string metrics = Path.Combine(output, "training", "metrics.jsonl");
        string[] checkpoints = Directory.Exists(Path.Combine(output, "training"))
            ? [.. Directory.GetDirectories(Path.Combine(output, "training"), "checkpoint-*").Select(Path.GetFileName).OfType<string>()]
            : [];
        return $"{(File.Exists(metrics) ? File.ReadLines(metrics).Count() : 0)} lines written, {(checkpoints.Length == 0 ? "no checkpoint" : string.Join(", ", checkpoints))}";
    }

    private static bool Same(string one, string other) => File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
}
