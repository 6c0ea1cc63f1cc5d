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

    public static bool Holds()
    {
        var engine = new CpuPolicyEngine();
        string folder = Directory.CreateTempSubdirectory("alignops-proof-").FullName;
        try
        {
            using (ITrainablePolicy policy = engine.Create(Shape, seed: 1))
            {
                policy.Save(folder);
            }

            Console.WriteLine("training                          tokens   forecast    resident growth   difference");
            bool full = Case(engine, folder, "every weight", new MemoryNeeds(Shape, null, 2048));
            bool lora = Case(engine, folder, "LoRA r 16", new MemoryNeeds(Shape, new LoraConfig(16) { Dropout = 0.05 }, 2048));
            bool reference = Case(engine, folder, "LoRA r 16 with a reference", new MemoryNeeds(Shape, new LoraConfig(16), 1024) { Reference = true });
            bool reward = Case(engine, folder, "reward model, LoRA r 16", new MemoryNeeds(Shape, new LoraConfig(16) { RewardHead = true }, 1024));
            return full && lora && reference && reward;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Case(CpuPolicyEngine engine, string folder, string name, MemoryNeeds needs)
    {
        MemoryForecast forecast = engine.Forecast(needs = needs with { LongestSequence = Length });
        double growth = Growth(engine, folder, needs), expected = forecast.Total / Resident.Mebi;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {needs.MicroBatchTokens,7}   {expected,6:0.0} MiB      {growth,6:0.0} MiB      {(growth / expected) - 1,7:+0.0 %;-0.0 %}"));
        return Math.Abs((growth / expected) - 1) <= Tolerance;
    }

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
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions());
        TokenSequence[] batch = SmallWorld.Batch(new Random(1), Shape.VocabSize, [.. Enumerable.Repeat(Length, needs.MicroBatchTokens / Length)]);
        if (needs.Lora is { RewardHead: true })
        {
            batch = Array.ConvertAll(batch, sequence => sequence with { Valued = true });
        }

        for (var step = 1; step <= 2; step++)
        {
            reference?.Score(batch);
            using IForwardPass pass = policy.Forward(batch);
            pass.Backward(pass.LogProbabilities, pass.Values);
            optimizer.Step(step, 1e-4, gradientScale: 1);
        }

        double growth = Resident.MebibytesHeld() - before;
        GC.KeepAlive(optimizer);
        return growth;
    }
}
