using AlignOps.Models.Adapters;
using AlignOps.Models.Cpu;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Tests.Training.Traps;

/// <summary>The traps: logits of a large vocabulary that take all memory, and a training that dies of it an hour in. Here it is known before the first weight is read.</summary>
public sealed class MemoryTrapTests : IDisposable
{
    private static readonly CpuPolicyEngine Engine = new(threads: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-memory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LogitsOfALargeVocabulary_DoNotGrowWithTheBatch()
    {
        var policy = new PolicyConfig
        {
            VocabSize = 150_000, HiddenSize = 576, IntermediateSize = 1536, LayerCount = 30, HeadCount = 9, KeyValueHeadCount = 3, HeadDim = 64, MaxPositions = 8192,
        };

        long few = Engine.Forecast(new MemoryNeeds(policy, new LoraConfig(), 2048)).Logits, many = Engine.Forecast(new MemoryNeeds(policy, new LoraConfig(), 65_536)).Logits;

        Assert.Equal(few, many);
        Assert.True(many < 65_536L * policy.VocabSize * sizeof(float) / 10, $"{many} bytes");
    }

    [Fact]
    public async Task MoreThanThereIs_IsRefusedWithTheSettingThatFits()
    {
        var section = new TrainingSection { Method = "rrhf", Epochs = 1, MicroBatchTokens = 4096, Recompute = TrainingSection.Never };
        PreparedTraining prepared = new TrainingStart(Engine, Request(section, "none")).Prepare();
        long half = TrainingMemory.Peak(Engine.Forecast(prepared.Needs(section) with { MicroBatchTokens = 512 }));

        JobFailedException failure = await Assert.ThrowsAsync<JobFailedException>(() => TrainAsync(section, half, "refused"));

        Assert.Equal("memory-forecast", failure.Code);
        Assert.Contains("micro_batch_tokens 512", failure.Message);
        Assert.False(Directory.Exists(Path.Combine(_folder, "refused")));
        await TrainAsync(section with { MicroBatchTokens = 512 }, half, "fits");
    }

    /// <summary>What fits only where blocks are run again is trained so, to the bits of a training that keeps them.</summary>
    [Fact]
    public async Task FitsWithBlocksRunAgain_TrainsToTheSameBits()
    {
        var section = new TrainingSection { Method = "rrhf", Epochs = 1 };
        PreparedTraining prepared = new TrainingStart(Engine, Request(section, "none")).Prepare();
        long lean = TrainingMemory.Peak(Engine.Forecast(prepared.Needs(section) with { Recomputes = true }));
        Assert.True(lean < TrainingMemory.Peak(Engine.Forecast(prepared.Needs(section))));

        await TrainAsync(section, lean, "lean");
        await TrainAsync(section, long.MaxValue, "kept");
        JobFailedException refused = await Assert.ThrowsAsync<JobFailedException>(() => TrainAsync(section with { Recompute = TrainingSection.Never }, lean, "refused"));

        Assert.Equal("memory-forecast", refused.Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "kept", "adapter_model.safetensors")), File.ReadAllBytes(Path.Combine(_folder, "lean", "adapter_model.safetensors")));
    }

    [Fact]
    public async Task LargestRowDoesNotFit_NamesItsTokensAndWhatWould()
    {
        var section = new TrainingSection { Method = "rrhf", Epochs = 1 };
        PreparedTraining prepared = new TrainingStart(Engine, Request(section, "none")).Prepare();
        long few = TrainingMemory.Peak(Engine.Forecast(prepared.Needs(section) with { MicroBatchTokens = 8 }));

        JobFailedException row = await Assert.ThrowsAsync<JobFailedException>(() => TrainAsync(section, few, "row"));
        JobFailedException weights = await Assert.ThrowsAsync<JobFailedException>(() => TrainAsync(section, 1000, "weights"));

        Assert.Contains($"The largest row has {prepared.LargestExample} tokens", row.Message);
        Assert.Contains("training.max_tokens", row.Message);
        Assert.Contains("The weights alone do not fit", weights.Message);
    }

    private Task<AdapterTrainingResult> TrainAsync(TrainingSection section, long available, string name) =>
        new AdapterTraining(Engine, new VerifierCatalogue([]), _ => available).RunAsync(Request(section, name), new StepCallback(), CancellationToken.None);

    private AdapterTrainingRequest Request(TrainingSection section, string name) => new(
        section, 5, TinyModel.Write(Path.Combine(_folder, "base")), null, "tiny", TinyModel.Rankings(), [], Path.Combine(_folder, name + "-work"), Path.Combine(_folder, name));
}
