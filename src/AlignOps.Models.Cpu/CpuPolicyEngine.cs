using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Forecasts;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu;

/// <summary>
/// Llama-like decoders on the processor, in managed code: computed in fp32, frozen weights read as bf16 where that is what they are, 512-bit vectors where the machine has them. Results are the same bits for any number of threads
/// and any company in a call.
/// </summary>
/// <param name="threads">Workers of a call; by default one for each processor.</param>
public sealed class CpuPolicyEngine(int threads) : IPolicyEngine
{
    private readonly WorkerPool _pool = new(threads > 0 ? threads : throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread."));

    public CpuPolicyEngine() : this(Environment.ProcessorCount)
    {
    }

    public string Name => "cpu";

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        return new CpuPolicy(Merged(checkpoint, checkpointDirectory, adapterDirectory), new Machine(_pool));
    }

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        AdapterStart.CheckRewardHead(adapterDirectory);
        return new CpuRewardModel(Merged(checkpoint, checkpointDirectory, adapterDirectory), new Machine(_pool));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A rank below 1, or a target that a Llama block does not have.</exception>
    /// <exception cref="ModelFormatException">Also where an adapter to continue has another rank, alpha or targets than <paramref name="lora"/>.</exception>
    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        Adapter adapter = AdapterStart.Begin(checkpointDirectory, checkpoint.Config, adapterDirectory, lora, seed);
        DecoderModel model = DecoderModel.ForAdapterTraining(checkpoint.Config, checkpoint, AdapterWeights.From(adapter, trained: true));
        return new CpuTrainablePolicy(model, new Machine(_pool), adapter with { Tensors = [] });
    }

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) =>
        LoadForAdapterTraining(checkpointDirectory, adapterDirectory, lora with { RewardHead = true }, seed);

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        DecoderModel model = DecoderModel.ForFullTraining(checkpoint.Config, checkpoint);
        return new CpuTrainablePolicy(model, new Machine(_pool), adapter: null, checkpoint.ConfigJson);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Query heads that key-value heads do not divide, or an odd head dimension.</exception>
    public ITrainablePolicy Create(PolicyConfig config, long seed)
    {
        PolicyInput.Check(config);
        return new CpuTrainablePolicy(DecoderModel.ForFullTraining(config, new SeededWeights(config, seed)), new Machine(_pool), adapter: null);
    }

    public MemoryForecast Forecast(MemoryNeeds needs) => CpuForecast.Of(needs, _pool.Threads);

    private static DecoderModel Merged(ICheckpoint checkpoint, string checkpointDirectory, string? adapterDirectory)
    {
        AdapterWeights? adapter = adapterDirectory is null
            ? null
            : AdapterWeights.From(AdapterDirectory.Read(adapterDirectory, checkpoint.Config, Checkpoint.Digest(checkpointDirectory)), trained: false);
        return DecoderModel.ForInference(checkpoint.Config, checkpoint, adapter);
    }
}
