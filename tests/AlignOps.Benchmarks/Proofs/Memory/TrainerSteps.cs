using System.Globalization;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;
using AlignOps.Training.Trainers;

namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary>
/// The whole trainer on a smaller policy: plans, losses, metrics and the metrics file make short-lived garbage each step, and keep nothing of it.
/// Steps are alike in size, so what is held must be, too.
/// </summary>
internal static class TrainerSteps
{
    private const int Steps = 3_000;
    private const int Window = 500;

    /// <summary>What the observer itself and the runtime may hold more at one window's end than at another's.</summary>
    private const long Slack = 64 << 10;

    private static readonly PolicyConfig Shape = new()
    {
        VocabSize = 128,
        HiddenSize = 32,
        IntermediateSize = 64,
        LayerCount = 2,
        HeadCount = 2,
        KeyValueHeadCount = 2,
        HeadDim = 16,
        MaxPositions = 64,
        EosTokenIds = [0],
    };

    public static async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("alignops-proof-").FullName;
        try
        {
            using ITrainablePolicy policy = new CpuPolicyEngine().Create(Shape, seed: 1);
            var random = new Random(3);
            TrainingExample[] examples = [.. Enumerable.Range(0, 64).Select(i => new TrainingExample(
                $"row-{i}", [.. SmallWorld.Batch(random, Shape.VocabSize, [random.Next(4, 9)])[0].Tokens],
                [new TrainingCandidate(SmallWorld.Batch(random, Shape.VocabSize, [random.Next(4, 17)])[0].Tokens, null)]))];
            var options = new TrainerOptions { Epochs = Steps, MaxSteps = Steps, PromptsPerStep = 4, CheckpointEvery = Steps, NeftuneAlpha = 5 };
            var held = new List<long>();
            var perStep = new List<long>();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await new Trainer(policy, new SftObjective(), options, "memory", folder).RunAsync(examples, [], new StepCallback(report =>
            {
                if (report.Step % Window == 0)
                {
                    perStep.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / Window);
                    held.Add(GC.GetTotalMemory(forceFullCollection: true));
                    before = GC.GetTotalAllocatedBytes(precise: true);
                }
            }), cancellationToken);

            long growth = held[^1] - held[1];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"whole trainer, {Steps:N0} steps of SFT: {string.Join(", ", perStep.Skip(1).Select(bytes => $"{bytes / 1024.0:0.0}"))} KiB of garbage a step; managed memory held after step {2 * Window:N0}: {held[1]:N0} bytes, at the end {growth:+0;-0;0} bytes"));
            return growth <= Slack;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
