using System.Numerics;
using System.Runtime.InteropServices;
using AlignOps.Models.Adapters;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Merging;

/// <summary>The base's tensors with W += s·B·A, summed in fp32 and then rounded once to the dtype they are written in.</summary>
internal sealed class MergedWeights
{
    private readonly StoredTensors _stored;
    private readonly LoraConfig _lora;
    private readonly Dictionary<string, NamedTensor> _adapter;
    private readonly Dictionary<string, (int Layer, string Module)> _pairs;

    public MergedWeights(StoredTensors stored, PolicyConfig policy, Adapter adapter, TensorDtype? dtype)
    {
        (_stored, _lora) = (stored, adapter.Config);
        _adapter = adapter.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _pairs = AdapterLayout.Covered(policy, adapter.Config).ToDictionary(at => LlamaLayout.Linear(at.Layer, at.Module), StringComparer.Ordinal);
        Tensors = [.. stored.Entries.Select(entry => new TensorContent(entry.Name, entry.Shape, dtype ?? entry.Dtype, () => Values(entry, dtype ?? entry.Dtype)))];
        Coarsest = Tensors.Where(t => _pairs.ContainsKey(t.Name)).Select(t => t.Dtype).DefaultIfEmpty().MaxBy(t => t switch { TensorDtype.F32 => 0, TensorDtype.F16 => 1, _ => 2 });
    }

    /// <summary>Every tensor of the base, by name.</summary>
    public IReadOnlyList<TensorContent> Tensors { get; }

    public int Merged => _pairs.Count;

    public TensorDtype Coarsest { get; }

    private ReadOnlyMemory<float> Values(TensorEntry entry, TensorDtype dtype)
    {
        float[] values = _stored.Read(entry);
        if (_pairs.TryGetValue(entry.Name, out (int Layer, string Module) at))
        {
            Add(values, _adapter[AdapterLayout.A(at.Layer, at.Module)], _adapter[AdapterLayout.B(at.Layer, at.Module)], (float)_lora.ScalingOf(at.Layer, at.Module));
        }

        float limit = dtype == TensorDtype.F16 ? (float)Half.MaxValue : float.MaxValue;
        int fault = Array.FindIndex(values, value => !(Math.Abs(value) <= limit));
        return fault < 0
            ? values
            : throw new ModelFormatException(FormattableString.Invariant(
                $"tensor {entry.Name}: value {fault} would be {values[fault]}, which {dtype} cannot hold; of {values.Length} values {values.Count(v => !(Math.Abs(v) <= limit))} are so.")) { Reason = MergeReasons.NotFinite };
    }

    private static void Add(float[] weight, NamedTensor a, NamedTensor b, float scaling)
    {
        (int rank, int inputs, int outputs) = (a.Shape[0], a.Shape[1], b.Shape[0]);
        Parallel.For(0, outputs, () => new float[inputs], (output, _, change) =>
        {
            Array.Clear(change);
            for (int r = 0; r < rank; r++)
            {
                AddScaled(a.Values.Span.Slice(r * inputs, inputs), b.Values.Span[(output * rank) + r], change);
            }

            AddScaled(change, scaling, weight.AsSpan(output * inputs, inputs));
            return change;
        }, _ => { });
    }

    /// <summary>target += factor·values.</summary>
    private static void AddScaled(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        ReadOnlySpan<Vector<float>> from = MemoryMarshal.Cast<float, Vector<float>>(values);
        Span<Vector<float>> to = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }

        for (int i = to.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] += factor * values[i];
        }
    }
}
