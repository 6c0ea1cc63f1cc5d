using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Forecasts;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Weights;
using TorchSharp;

namespace AlignOps.Models.Torch;

/// <summary>
/// Llama-like decoders on TorchSharp: bf16 or fp32, fused attention, on a GPU or a processor. The files, the beginnings from a seed and the answers are those of
/// the managed engine, to rounding; what else stands in a call may move a result by rounding, too.
/// </summary>
public sealed class TorchPolicyEngine : IPolicyEngine
{
    private readonly Placement _placement;

    /// <exception cref="ArgumentException">The options do not hold.</exception>
    /// <exception cref="InvalidOperationException">libtorch cannot be loaded, or the machine has no such device.</exception>
    public TorchPolicyEngine(TorchOptions options)
    {
        if (options.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        // Before any other use: a CUDA library that does not load would otherwise pass in silence.
        DeviceType type = options.IsCuda ? DeviceType.CUDA : DeviceType.CPU;
        if (!torch.TryInitializeDeviceType(type) || (options.IsCuda && !torch.cuda.is_available()))
        {
            throw new InvalidOperationException(
                $"Engine device '{options.Device}' is not there: libtorch for {type} did not load, or the machine has none. Build with -p:Torch={(options.IsCuda ? "cuda" : "cpu")}, and see that the driver works.");
        }

        _placement = new Placement(torch.device(options.Device), options.IsHalf ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32);
        Name = options.IsCuda ? "torch-cuda" : "torch-cpu";
    }

    public string Name { get; }

    public IPolicyModel Load(string checkpointDirectory, string? adapterDirectory) => new TorchPolicy(ForInference(checkpointDirectory, adapterDirectory));

    public IRewardModel LoadRewardModel(string checkpointDirectory, string adapterDirectory)
    {
        AdapterStart.CheckRewardHead(adapterDirectory);
        return new TorchRewardModel(ForInference(checkpointDirectory, adapterDirectory));
    }

    public ITrainablePolicy LoadForRewardTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed) =>
        LoadForAdapterTraining(checkpointDirectory, adapterDirectory, lora with { RewardHead = true }, seed);

    public MemoryForecast Forecast(MemoryNeeds needs) => TorchForecast.Of(needs, _placement);

    public ITrainablePolicy LoadForAdapterTraining(string checkpointDirectory, string? adapterDirectory, LoraConfig lora, long seed)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        Adapter adapter = AdapterStart.Begin(checkpointDirectory, checkpoint.Config, adapterDirectory, lora, seed);
        return new TorchTrainablePolicy(WeightStore.ForAdapterTraining(checkpoint.Config, checkpoint, adapter, _placement), adapter);
    }

    public ITrainablePolicy LoadForFullTraining(string checkpointDirectory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        return new TorchTrainablePolicy(WeightStore.ForFullTraining(checkpoint.Config, checkpoint, _placement), adapter: null, checkpoint.ConfigJson);
    }

    public ITrainablePolicy Create(PolicyConfig config, long seed)
    {
        PolicyInput.Check(config);
        return new TorchTrainablePolicy(WeightStore.ForFullTraining(config, new SeededWeights(config, seed), _placement), adapter: null);
    }

    private WeightStore ForInference(string checkpointDirectory, string? adapterDirectory)
    {
        using ICheckpoint checkpoint = Checkpoint.Open(checkpointDirectory);
        Adapter? adapter = adapterDirectory is null
            ? null
            : AdapterDirectory.Read(adapterDirectory, checkpoint.Config, Checkpoint.Digest(checkpointDirectory));
        return WeightStore.ForInference(checkpoint.Config, checkpoint, adapter, _placement);
    }
}
