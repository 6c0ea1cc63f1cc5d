using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Cpu.Threading;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu;

/// <summary>
/// Llama-family decoders on the processor, in managed code: fp32, 512-bit vectors where the machine has them. Results are the same bits for any number of threads
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
        Adapter? adapter = adapterDirectory is null
            ? null
            : AdapterDirectory.Read(adapterDirectory, checkpoint.Config, Checkpoint.Digest(checkpointDirectory));
        AdapterWeights? merged = adapter is null ? null : AdapterWeights.From(adapter, trained: false);
        return new CpuPolicy(DecoderModel.ForInference(checkpoint.Config, new CheckpointWeights(checkpoint), merged), new Machine(_pool));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A rank below 1, or a target that a Llama block does not have.</exception>
    /// <exception cref="ModelFormatException">Also where an adapter to continue has another rank, alpha or targets than <paramref name="lora"/>.</exception>
    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed)
    {
        if (lora.Rank < 1 || lora.Targets.Count == 0 || lora.Targets.Except(LoraConfig.AllLinear).Any())
        {
            throw new ArgumentException($"Rank {lora.Rank} on targets [{string.Join(", ", lora.Targets)}]: at least 1, on some of [{string.Join(", ", LoraConfig.AllLinear)}].", nameof(lora));
        }

        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        string digest = Checkpoint.Digest(checkpointDirectory);
        AdapterWeights adapter = adapterDirectory is null
            ? AdapterWeights.New(checkpoint.Config, lora, seed)
            : AdapterWeights.From(Continue(AdapterDirectory.Read(adapterDirectory, checkpoint.Config, digest), lora, adapterDirectory), trained: true);
        DecoderModel model = DecoderModel.ForAdapterTraining(checkpoint.Config, new CheckpointWeights(checkpoint), adapter);
        return new CpuTrainablePolicy(model, new Machine(_pool), new AdapterHeader(adapter.Config, digest));
    }

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        DecoderModel model = DecoderModel.ForFullTraining(checkpoint.Config, new CheckpointWeights(checkpoint));
        return new CpuTrainablePolicy(model, new Machine(_pool), adapter: null);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Query heads that key-value heads do not divide, or an odd head dimension.</exception>
    public ITrainablePolicy Create(PolicyConfig config, long seed)
    {
        if (config.HeadDim % 2 != 0 || config.HeadCount % config.KeyValueHeadCount != 0)
        {
            throw new ArgumentException(
                $"{config.HeadCount} heads of dimension {config.HeadDim} over {config.KeyValueHeadCount} key-value heads: the dimension must be even, the groups equal.", nameof(config));
        }

        return new CpuTrainablePolicy(DecoderModel.ForFullTraining(config, new SeededWeights(config, seed)), new Machine(_pool), adapter: null);
    }

    private static Adapter Continue(Adapter adapter, LoraConfig lora, string directory)
    {
        bool same = adapter.Config.Rank == lora.Rank && adapter.Config.Scaling == lora.Scaling && adapter.Config.Targets.ToHashSet().SetEquals(lora.Targets);
        return same
            ? adapter
            : throw new ModelFormatException(
                $"{directory}: the adapter has rank {adapter.Config.Rank}, scaling {adapter.Config.Scaling} and targets {string.Join(", ", adapter.Config.Targets)}; "
                + $"to continue it asks for rank {lora.Rank}, scaling {lora.Scaling} and targets {string.Join(", ", lora.Targets)}.");
    }
}
