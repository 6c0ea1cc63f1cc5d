using System.Globalization;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Adapters;

/// <summary>The tensors of a LoRA adapter by PEFT's names: lora_A [rank, in] and lora_B [out, rank] for each layer and target.</summary>
public static class AdapterLayout
{
    /// <summary>A reward model's head [1, hidden], where the adapter has one.</summary>
    public const string RewardHead = "base_model.model.score.weight";

    public static string A(int layer, string module) => $"base_model.model.{LlamaLayout.LinearPath(layer, module)}.lora_A.weight";

    public static string B(int layer, string module) => $"base_model.model.{LlamaLayout.LinearPath(layer, module)}.lora_B.weight";

    /// <summary>Layer by layer, targets in the order of <see cref="LoraConfig.AllLinear"/>, A before B; the reward head last.</summary>
    public static IReadOnlyList<TensorShape> Tensors(PolicyConfig policy, LoraConfig lora)
    {
        List<TensorShape> tensors = [];
        foreach ((int layer, string module) in Covered(policy, lora))
        {
            (int output, int input) = LlamaLayout.LinearShape(policy, module);
            int rank = lora.RankOf(layer, module);
            tensors.Add(new(A(layer, module), [rank, input]));
            tensors.Add(new(B(layer, module), [output, rank]));
        }

        if (lora.RewardHead)
        {
            tensors.Add(new(RewardHead, [1, policy.HiddenSize]));
        }

        return tensors;
    }

    /// <summary>The linear layers that have a pair.</summary>
    public static IEnumerable<(int Layer, string Module)> Covered(PolicyConfig policy, LoraConfig lora) =>
        from layer in Enumerable.Range(0, policy.LayerCount)
        from module in LoraConfig.AllLinear
        where lora.Covers(layer, module)
        select (layer, module);

    /// <summary>PEFT keeps targets as a set; one order makes equal adapters equal files.</summary>
    internal static string[] Ordered(IEnumerable<string> targets)
    {
        string[] given = [.. targets.Distinct()];
        return [.. LoraConfig.AllLinear.Intersect(given), .. given.Except(LoraConfig.AllLinear).Order(StringComparer.Ordinal)];
    }

    /// <summary>The layer of a pair's tensor, or null where the name is not of that form.</summary>
    internal static (int Layer, string Module)? Place(string tensor)
    {
        string[] parts = tensor.Split('.');
        return parts.Length == 9 && int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
            && (A(layer, parts[6]) == tensor || B(layer, parts[6]) == tensor)
            ? (layer, parts[6])
            : null;
    }

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
                string rank = Place(tensor.Name) is var (layer, module) ? $"rank {lora.RankOf(layer, module)} on this base" : "this base";
                return $"tensor {tensor.Name} has shape {Shapes.Text(shape)}; {rank} asks for {Shapes.Text(tensor.Shape)}.";
            }
        }

        return found.Keys.Order(StringComparer.Ordinal).Except(expected.Select(t => t.Name)).FirstOrDefault() is { } unknown
            ? $"tensor {unknown} belongs to no layer and target of the configs."
            : null;
    }
}
