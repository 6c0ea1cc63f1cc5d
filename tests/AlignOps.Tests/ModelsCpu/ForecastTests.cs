using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Tests.Models.Conformance;
using AlignOps.Training.Optimization;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>The forecast against what the engine then takes.</summary>
public sealed class ForecastTests
{
    private const double Tolerance = 0.15;

    [Theory]
    [InlineData("grouped-tied", 64, 8)]
    [InlineData("odd-untied", 128, 4)]
    [InlineData("qwen3", 32, 20)]
    [InlineData("qwen2", 128, 2)]
    [InlineData("qwen2", 128, 6, true)]
    public void FullTraining_OneWorker_TakesWhatWasForecast(string shape, int length, int sequences, bool recomputes = false)
    {
        PolicyConfig config = TinyPolicies.Config(shape) with { HiddenSize = 96, IntermediateSize = 200, VocabSize = 700 };
        var engine = new CpuPolicyEngine(threads: 1);
        List<TokenSequence> batch = Batch(config, sequences, length);
        MemoryForecast forecast = engine.Forecast(new MemoryNeeds(config, null, sequences * length) { LongestSequence = length, Recomputes = recomputes });

        long before = GC.GetAllocatedBytesForCurrentThread();
        using ITrainablePolicy policy = engine.Create(config, seed: 1);
        var optimizer = new AdamW(policy.Parameters, new AdamWOptions());
        using (IForwardPass pass = policy.Forward(batch, new PassOptions { Recomputes = recomputes }))
        {
            pass.Backward(pass.LogProbabilities);
        }

        optimizer.Step(1, 1e-3, 1);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(taken, forecast.Total * (1 - Tolerance), forecast.Total * (1 + Tolerance));
    }

    [Theory]
    [InlineData("grouped-tied", 0)]
    [InlineData("whole-vectors", 0.1)]
    public void Adapter_Pass_HoldsWhatWasForecast(string shape, double dropout)
    {
        PolicyConfig config = TinyPolicies.Config(shape);
        var lora = new LoraConfig(5, 10, ["q_proj", "v_proj", "o_proj", "layers.0.mlp.up_proj"])
        {
            Dropout = dropout,
            RankPattern = new Dictionary<string, int> { ["v_proj"] = 3 },
        };
        var machine = new Machine(new WorkerPool(1));
        var pass = new ForwardPass(Model(), machine, []);
        List<TokenSequence> batch = Batch(config, 6, 100);

        pass.Open(batch, 0, batch.Count, PassOptions.None);
        pass.Backward(pass.LogProbabilities);

        MemoryForecast forecast = new CpuPolicyEngine(threads: 1).Forecast(new MemoryNeeds(config, lora, 600) { LongestSequence = 100 });
        Assert.InRange(sizeof(float) * (pass.Held + machine.Held), (forecast.Activations + forecast.Logits) * (1 - Tolerance), (forecast.Activations + forecast.Logits) * (1 + Tolerance));
        Assert.Equal(AdapterLayout.Tensors(config, lora).Sum(t => 4L * t.Shape[0] * t.Shape[1]), forecast.Gradients);
        Assert.Equal(2 * forecast.Gradients, forecast.OptimizerMoments);

        DecoderModel Model()
        {
            NamedTensor[] tensors = [.. AdapterLayout.Tensors(config, lora).Select(t => new NamedTensor(t.Name, t.Shape, new float[t.Shape[0] * t.Shape[1]]))];
            return DecoderModel.ForAdapterTraining(config, new SeededWeights(config, 1), AdapterWeights.From(new Adapter(lora, null, tensors), trained: true));
        }
    }

    [Fact]
    public void Forecast_MoreOfAnything_TakesMore()
    {
        var engine = new CpuPolicyEngine(threads: 2);
        var needs = new MemoryNeeds(TinyPolicies.Config("grouped-tied"), new LoraConfig(8), 64) { LongestSequence = 32 };
        MemoryForecast forecast = engine.Forecast(needs);

        Assert.Equal(0, forecast.Reference);
        Assert.Equal(0, forecast.KeyValueCache);
        Assert.True(engine.Forecast(needs with { MicroBatchTokens = 128 }).Activations > forecast.Activations);
        Assert.True(engine.Forecast(needs with { Recomputes = true }).Activations < forecast.Activations);
        Assert.True(engine.Forecast(needs with { Lora = new LoraConfig(16) }).Adapter > forecast.Adapter);
        Assert.True(engine.Forecast(needs with { Lora = null }).Gradients > forecast.Gradients);
        Assert.True(engine.Forecast(needs with { Reference = true }).Reference > 0);
        Assert.True(engine.Forecast(needs with { GeneratedAtOnce = 4 }).KeyValueCache > 0);
    }

    [Fact]
    public void Fit_OfAnAmount_IsTheLargestThatStaysWithinIt()
    {
        var engine = new CpuPolicyEngine(threads: 2);
        var needs = new MemoryNeeds(TinyPolicies.Config("grouped-tied"), new LoraConfig(8), 64);
        long available = At(777).Total;

        Assert.Equal(777, MemoryForecast.Fit(At, available, most: 4096));
        Assert.Equal(776, MemoryForecast.Fit(At, available - 1, most: 4096));
        Assert.Equal(100, MemoryForecast.Fit(At, available, most: 100));
        Assert.Equal(0, MemoryForecast.Fit(At, 1000, most: 4096));

        MemoryForecast At(int tokens) => engine.Forecast(needs with { MicroBatchTokens = tokens });
    }

    private static List<TokenSequence> Batch(PolicyConfig config, int sequences, int length) =>
        TinyPolicies.Sequences(config, 3, [.. Enumerable.Repeat(length, sequences)]).ConvertAll(s => s with { Scored = [false, .. Enumerable.Repeat(true, length - 1)] });
}
