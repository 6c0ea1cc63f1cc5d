using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Inspection;

/// <summary>What a directory's files of weights hold.</summary>
/// <param name="Parameters">Numbers in all tensors.</param>
/// <param name="ByDtype">How many of them stand in which dtype.</param>
/// <param name="Bytes">Of the tensors, headers apart.</param>
public sealed record WeightFacts(
    IReadOnlyList<string> Files, long Parameters, IReadOnlyDictionary<string, long> ByDtype, long Bytes, IReadOnlyList<TensorFacts> Tensors)
{
    internal static WeightFacts Of(IReadOnlyList<string> files, IEnumerable<TensorEntry> entries)
    {
        TensorEntry[] tensors = [.. entries];
        return new WeightFacts(
            files,
            tensors.Sum(t => t.ElementCount),
            tensors.GroupBy(t => t.Dtype.ToString()).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(t => t.ElementCount)),
            tensors.Sum(t => t.End - t.Begin),
            [.. tensors.Select(t => new TensorFacts(t.Name, t.Dtype.ToString(), t.Shape))]);
    }
}
