using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Adapters;

/// <summary>The tensors of a LoRA adapter by PEFT's names: lora_A [rank, in] and lora_B [out, rank] for each layer and target.</summary>
public static class AdapterLayout
{
    public static string A(int layer, string module) => $"base_model.model.{LlamaLayout.LinearPath(layer, module)}.lora_A.weight";

    public static string B(int layer, string module) => $"base_model.model.{LlamaLayout.LinearPath(layer, module)}.lora_B.weight";

    /// <summary>Layer by layer, targets in the order of <see cref="LoraConfig.AllLinear"/>, A before B.</summary>
    public static IReadOnlyList<TensorShape> Tensors(PolicyConfig policy, LoraConfig lora)
    {
        List<TensorShape> tensors = [];
        for (int layer = 0; layer < policy.LayerCount; layer++)
        {
            foreach (string module in Ordered(lora.Targets))
            {
                (int output, int input) = LlamaLayout.LinearShape(policy, module);
                tensors.Add(new(A(layer, module), [lora.Rank, input]));
                tensors.Add(new(B(layer, module), [output, lora.Rank]));
            }
        }

        return tensors;
    }

    /// <summary>PEFT keeps targets as a set; one order makes equal adapters equal files.</summary>
    internal static string[] Ordered(IEnumerable<string> targets) => [.. LoraConfig.AllLinear.Intersect(targets)];

    /// <summary>The first contradiction between tensors found and the two configs, or null.</summary>
    internal static string? Fault(PolicyConfig policy, LoraConfig lora, IReadOnlyDictionary<string, IReadOnlyList<int>> found)
    {
        IReadOnlyList<TensorShape> expected = Tensors(policy, lora);
        foreach (TensorShape tensor in expected)
        {
            if (!found.TryGetValue(tensor.Name, out IReadOnlyList<int>? shape))
            {
                return $"tensor {tensor.Name} is missing; the configs ask for shape {Shapes.Text(tensor.Shape)}.";
            }

            if (!shape.SequenceEqual(tensor.Shape))
            {
                return $"tensor {tensor.Name} has shape {Shapes.Text(shape)}; rank {lora.Rank} on this base asks for {Shapes.Text(tensor.Shape)}.";
            }
        }

        return found.Keys.Order(StringComparer.Ordinal).Except(expected.Select(t => t.Name)).FirstOrDefault() is { } unknown
            ? $"tensor {unknown} belongs to no layer and target of the configs."
            : null;
    }
}
