using System.Numerics.Tensors;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;

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
        RewardHead = config.RewardHead ? Take(AdapterLayout.RewardHead) : null;
    }

    public LoraConfig Config { get; }

    public bool Trained { get; }

    /// <summary>A reward model's head, where the adapter has one.</summary>
    public Weight? RewardHead { get; }

    public static AdapterWeights From(Adapter adapter, bool trained) => new(adapter.Config, adapter.Tensors, trained);

    public LoraPair Pair(int layer, string module, int slot) =>
        new(Take(AdapterLayout.A(layer, module)), Take(AdapterLayout.B(layer, module)), (float)Config.ScalingOf(layer, module), slot);

    /// <summary>W += s·B·A, where the layer has a pair.</summary>
    public void Merge(int layer, string module, Weight weight)
    {
        if (!_tensors.TryGetValue(AdapterLayout.A(layer, module), out NamedTensor? a))
        {
            return;
        }

        ReadOnlySpan<float> aValues = a.Values.Span, bValues = _tensors[AdapterLayout.B(layer, module)].Values.Span;
        (int outputs, int inputs) = (weight.Shape[0], weight.Shape[1]);
        (int rank, float scaling) = (a.Shape[0], (float)Config.ScalingOf(layer, module));
        var change = new float[inputs];
        for (int output = 0; output < outputs; output++)
        {
            change.AsSpan().Clear();
            for (int r = 0; r < rank; r++)
            {
                TensorPrimitives.MultiplyAdd(aValues.Slice(r * inputs, inputs), bValues[(output * rank) + r], change, change);
            }

            Span<float> row = weight.Value.Span.Slice(output * inputs, inputs);
            TensorPrimitives.MultiplyAdd(change, scaling, row, row);
        }
    }

    private Weight Take(string name)
    {
        NamedTensor tensor = _tensors[name];
        var weight = new Weight(name, tensor.Shape, Trained);
        tensor.Values.Span.CopyTo(weight.Value.Span);
        return weight;
    }
}
