using System.Numerics.Tensors;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Models.Cpu.Layers;

/// <summary>A LoRA adapter on its way into a model: to be trained beside the weights, or merged into them.</summary>
internal sealed class AdapterWeights
{
    private readonly Dictionary<string, NamedTensor> _tensors;

    private AdapterWeights(LoraConfig config, IEnumerable<NamedTensor> tensors, bool trained)
    {
        Config = config;
        Trained = trained;
        _tensors = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    public LoraConfig Config { get; }

    public bool Trained { get; }

    public static AdapterWeights From(Adapter adapter, bool trained) => new(adapter.Config, adapter.Tensors, trained);

    /// <summary>PEFT's beginning: A ~ U(−1/√in, 1/√in), B = 0. Each A has its own stream, by its place in the network.</summary>
    public static AdapterWeights New(PolicyConfig policy, LoraConfig lora, long seed)
    {
        return new AdapterWeights(lora, AdapterLayout.Tensors(policy, lora).Index().Select(Tensor), trained: true);

        NamedTensor Tensor((int Index, TensorShape Item) tensor)
        {
            (int rows, int columns) = (tensor.Item.Shape[0], tensor.Item.Shape[1]);
            var values = new float[rows * columns];
            if (tensor.Item.Name.EndsWith(".lora_A.weight", StringComparison.Ordinal))
            {
                var random = new RandomStream(RandomStream.Derive(seed, tensor.Index));
                double bound = 1 / Math.Sqrt(columns);
                foreach (ref float value in values.AsSpan())
                {
                    value = (float)(bound * ((2 * random.NextDouble()) - 1));
                }
            }

            return new NamedTensor(tensor.Item.Name, tensor.Item.Shape, values);
        }
    }

    public LoraPair Pair(int layer, string module, int slot) =>
        new(Trainable(AdapterLayout.A(layer, module)), Trainable(AdapterLayout.B(layer, module)), (float)Config.Scaling, slot);

    /// <summary>W += s·B·A, where the layer has a pair.</summary>
    public void Merge(int layer, string module, Weight weight)
    {
        if (!_tensors.TryGetValue(AdapterLayout.A(layer, module), out NamedTensor? a))
        {
            return;
        }

        ReadOnlySpan<float> aValues = a.Values.Span, bValues = _tensors[AdapterLayout.B(layer, module)].Values.Span;
        (int outputs, int inputs) = (weight.Shape[0], weight.Shape[1]);
        var change = new float[inputs];
        for (int output = 0; output < outputs; output++)
        {
            change.AsSpan().Clear();
            for (int r = 0; r < Config.Rank; r++)
            {
                TensorPrimitives.MultiplyAdd(aValues.Slice(r * inputs, inputs), bValues[(output * Config.Rank) + r], change, change);
            }

            Span<float> row = weight.Value.Span.Slice(output * inputs, inputs);
            TensorPrimitives.MultiplyAdd(change, (float)Config.Scaling, row, row);
        }
    }

    private Weight Trainable(string name)
    {
        NamedTensor tensor = _tensors[name];
        var weight = new Weight(name, tensor.Shape, trained: true);
        tensor.Values.Span.CopyTo(weight.Value.Span);
        return weight;
    }
}
