using System.Globalization;
using System.Runtime.CompilerServices;
using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Training.Optimization;

namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary>Trainings of a 10 M parameter policy: what they were forecast to hold, and by how much the process grew.</summary>
internal static class ForecastTruth
{
    private const double Tolerance = 0.15;
    private const int Length = 256;

    private static readonly PolicyConfig Shape = new()
    {
        VocabSize = 8192,
        HiddenSize = 256,
        IntermediateSize = 688,
        LayerCount = 8,
        HeadCount = 8,
        KeyValueHeadCount = 4,
        HeadDim = 32,
        MaxPositions = 512,
        EosTokenIds = [0],
    };

    private static readonly (string Name, MemoryNeeds Needs)[] Cases =
    [
        ("every weight", new MemoryNeeds(Shape, null, 2048)),
        ("LoRA r 16", new MemoryNeeds(Shape, new LoraConfig(16) { Dropout = 0.05 }, 2048)),
        ("LoRA r 16 with a reference", new MemoryNeeds(Shape, new LoraConfig(16), 1024) { Reference = true }),
        ("reward model, LoRA r 16", new MemoryNeeds(Shape, new LoraConfig(16) { RewardHead = true }, 1024)),
    ];

    /// <summary>Runs each case in a process of its own: what one has freed would hide what the next takes.</summary>
    public static async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("alignops-proof-").FullName;
        try
        {
            using (ITrainablePolicy policy = new CpuPolicyEngine().Create(Shape, seed: 1))
            {
                policy.Save(folder);
            }

            var holds = true;
            Console.WriteLine("training                      tokens     forecast   resident growth   difference");
            foreach ((string name, MemoryNeeds needs) in Cases)
            {
                double growth = await MemoryChild.MeasureAsync(folder, name, cancellationToken);
                double expected = new CpuPolicyEngine().Forecast(Sized(needs)).Total / Resident.Mebi, difference = (growth / expected) - 1;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {needs.MicroBatchTokens,7}   {expected,6:0.0} MiB      {growth,8:0.0} MiB    {difference,9:+0.0 %;-0.0 %}"));
                holds &= Math.Abs(difference) <= Tolerance;
            }

            return holds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The child's part: mebibytes that a case makes this process grow by.</summary>
    public static double Growth(string folder, string name)
    {
        var engine = new CpuPolicyEngine();
        MemoryNeeds needs = Sized(Cases.Single(one => one.Name == name).Needs);

        // Code and threads first: they are the process's, whatever it trains.
        using (ITrainablePolicy small = engine.Create(Shape with { HiddenSize = 32, IntermediateSize = 32, VocabSize = 64 }, seed: 1))
        {
            Train(small, null, SmallWorld.Batch(new Random(1), 64, [Length, Length]));
        }

        return Growth(engine, folder, needs);
    }

    private static MemoryNeeds Sized(MemoryNeeds needs) => needs with { LongestSequence = Length };

    /// <summary>Mebibytes that the process holds more, between before the load and after two steps.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Growth(CpuPolicyEngine engine, string folder, MemoryNeeds needs)
    {
        double before = Resident.MebibytesHeld();
        using ITrainablePolicy policy = needs.Lora switch
        {
            null => engine.LoadForFullTraining(folder),
            { RewardHead: true } lora => engine.LoadForRewardTraining(folder, null, lora, seed: 1),
            { } lora => engine.LoadForAdapterTraining(folder, null, lora, seed: 1),
        };
        using IPolicyModel? reference = needs.Reference ? engine.Load(folder, null) : null;
        TokenSequence[] batch = SmallWorld.Batch(new Random(1), Shape.VocabSize, [.. Enumerable.Repeat(Length, needs.MicroBatchTokens / Length)]);
        if (needs.Lora is { RewardHead: true })
        {
            batch = Array.ConvertAll(batch, sequence => sequence with { Valued = true });
        }

        AdamW optimizer = Train(policy, reference, batch);
        double growth = Resident.MebibytesHeld() - before;
        GC.KeepAlive(optimizer);
        return growth;
    }

    private static AdamW Train(ITrainablePolicy policy, IPolicyModel? reference, TokenSequence[] batch)
    {
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions());
        for (var step = 1; step <= 2; step++)
        {
            reference?.Score(batch);
            using IForwardPass pass = policy.Forward(batch);
            pass.Backward(pass.LogProbabilities, pass.Values);
            optimizer.Step(step, 1e-4, gradientScale: 1);
        }

        return optimizer;
    }
}
