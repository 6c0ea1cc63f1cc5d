using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Passes;
using TorchSharp;

namespace AlignOps.Models.Torch.Weights;

/// <summary>A policy's tensors: the frozen ones on the device, the trained ones in the host's memory.</summary>
internal sealed class WeightStore : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _frozen = new(StringComparer.Ordinal);
    private readonly List<TrainedTensor> _trained = [];
    private readonly LoraConfig? _lora;
    private readonly HeldScalars _scalars;
    private readonly Dictionary<(int Layer, string Module), Scalar> _scalings = [];

    private WeightStore(PolicyConfig config, IWeightSource source, Adapter? adapter, Placement placement, bool trainBase, bool trainAdapter)
    {
        (Config, Placement, _lora) = (config, placement, adapter?.Config);
        Rotary = new RotaryTable(config, placement);
        _scalars = new HeldScalars(config.RmsNormEpsilon);
        Dropout = trainAdapter ? adapter!.Config.Dropout : 0;
        foreach (TensorShape tensor in LlamaLayout.Tensors(config))
        {
            var values = new float[tensor.Shape.Aggregate(1, (product, size) => checked(product * size))];
            source.Read(tensor.Name, values);
            Add(tensor.Name, tensor.Shape, values, trainBase);
        }

        foreach (NamedTensor tensor in adapter?.Tensors ?? [])
        {
            Add(tensor.Name, tensor.Shape, tensor.Values.ToArray(), trainAdapter);
        }

        foreach ((int layer, string module) in _lora is null ? [] : AdapterLayout.Covered(config, _lora))
        {
            _scalings.Add((layer, module), (Scalar)_lora!.ScalingOf(layer, module));
        }
    }

    public PolicyConfig Config { get; }

    public Placement Placement { get; }

    public RotaryTable Rotary { get; }

    /// <summary>Chance of the dropout before adapters in training.</summary>
    public double Dropout { get; }

    /// <summary>The adapter has a scalar head.</summary>
    public bool HasRewardHead => _lora?.RewardHead == true;

    /// <summary>In the order of the network; none for inference.</summary>
    public IReadOnlyList<TrainedTensor> Trained => _trained;

    /// <summary>An adapter stays beside the base: merged into bf16 weights, a small change would be rounded away.</summary>
    public static WeightStore ForInference(PolicyConfig config, IWeightSource source, Adapter? adapter, Placement placement) =>
        new(config, source, adapter, placement, trainBase: false, trainAdapter: false);

    public static WeightStore ForAdapterTraining(PolicyConfig config, IWeightSource source, Adapter adapter, Placement placement) =>
        new(config, source, adapter, placement, trainBase: false, trainAdapter: true);

    public static WeightStore ForFullTraining(PolicyConfig config, IWeightSource source, Placement placement) =>
        new(config, source, adapter: null, placement, trainBase: true, trainAdapter: false);

    /// <summary>The decoder with the weights as they are now; its tensors belong to the caller's dispose scope, but for the frozen ones.</summary>
    /// <param name="gradient">Whether the trained tensors are leaves that backward reaches.</param>
    public Decoder Open(bool gradient)
    {
        Dictionary<string, torch.Tensor> leaves = _trained.ToDictionary(t => t.Name, t => t.Leaf(Placement.Device, gradient), StringComparer.Ordinal);
        Dictionary<string, torch.Tensor> cast = leaves.ToDictionary(leaf => leaf.Key, leaf => leaf.Value.to(Placement.Dtype), StringComparer.Ordinal);
        return new Decoder(Config, Rotary, _scalars, leaves, Tensor, Projection, HasRewardHead);

        torch.Tensor Tensor(string name) => _frozen.GetValueOrDefault(name) ?? cast[name];

        Projection Projection(int layer, string module)
        {
            torch.Tensor weight = Tensor(LlamaLayout.Linear(layer, module));
            torch.Tensor? bias = Config.HasBias(module) ? Tensor(LlamaLayout.Bias(layer, module)) : null;
            return _lora?.Covers(layer, module) == true
                ? new Projection(weight, bias, Tensor(AdapterLayout.A(layer, module)), Tensor(AdapterLayout.B(layer, module)), _scalings[(layer, module)])
                : new Projection(weight, bias, null, null, null);
        }
    }

    /// <summary>Some sequences of a call, cut into batches.</summary>
    /// <exception cref="ArgumentException">As <see cref="PolicyInput.Check(TokenSequence, PolicyConfig)"/>, or a value is asked for and there is no head.</exception>
    public IReadOnlyList<PaddedBatch> Batches(IReadOnlyList<TokenSequence> sequences, int mostTokens) => !HasRewardHead && sequences.Any(s => s.Valued)
        ? throw new ArgumentException("A sequence asks for its value, and this policy has no reward head.", nameof(sequences))
        : PaddedBatch.Of(sequences, Config, mostTokens);

    public void Dispose()
    {
        foreach (IDisposable tensor in _frozen.Values.Concat<IDisposable>(_trained).Append(Rotary).Append(_scalars).Concat(_scalings.Values))
        {
            tensor.Dispose();
        }
    }

    private void Add(string name, IReadOnlyList<int> shape, float[] values, bool trained)
    {
        if (trained)
        {
            _trained.Add(new TrainedTensor(name, shape, values));
        }
        else
        {
            _frozen.Add(name, Placement.Place(values, shape).DetachFromDisposeScope());
        }
    }
}
