using AlignOps.Models.Adapters;
using AlignOps.Models.Safetensors;

namespace AlignOps.Models.Inspection;

/// <param name="BaseModelName">What it remembers its base by: a digest, or a hub name.</param>
/// <param name="HighestRank">Of any layer: what a server's limit must allow.</param>
/// <param name="Ranks">How many layers have which rank.</param>
/// <param name="ServedByName">False where vLLM, which knows one rank and one alpha, would scale layers otherwise than they were trained: merge such an adapter.</param>
public sealed record AdapterFacts(LoraConfig Config, string? BaseModelName, int HighestRank, IReadOnlyDictionary<int, int> Ranks, bool ServedByName, WeightFacts Weights)
{
    private const string Down = ".lora_A.weight";

    internal static AdapterFacts Of(string directory)
    {
        (LoraConfig config, string? trainedOn) = AdapterDirectory.ReadConfig(directory);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(directory, AdapterDirectory.WeightsFile));
        int[] ranks = [.. file.Tensors.Values.Where(t => t.Name.EndsWith(Down, StringComparison.Ordinal)).Select(t => t.Shape[0])];
        return new AdapterFacts(
            config,
            trainedOn,
            ranks.DefaultIfEmpty(config.Rank).Max(),
            ranks.CountBy(rank => rank).OrderBy(one => one.Key).ToDictionary(one => one.Key, one => one.Value),
            config.RankPattern.Count == 0 && config.AlphaPattern.Count == 0 && !config.RewardHead,
            WeightFacts.Of([AdapterDirectory.WeightsFile], file.Tensors.Values.OrderBy(t => t.Name, StringComparer.Ordinal)));
    }
}
