using System.Globalization;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Adapters;

/// <summary>A LoRA configuration laid on a policy: what it comes to, and what of it cannot be.</summary>
public static class LoraFit
{
    /// <summary>Why no training could begin so on this base, or null.</summary>
    public static (string Reason, string Sentence)? Fault(PolicyConfig policy, LoraConfig lora)
    {
        (int Layer, string Module)[] covered = [.. AdapterLayout.Covered(policy, lora)];
        if (lora.Targets.FirstOrDefault(target => !covered.Any(at => LayerPatterns.IsEndOf(LlamaLayout.LinearPath(at.Layer, at.Module), target))) is { } target)
        {
            return (AdapterReasons.NamesNothing, $"no layer of this policy is '{target}'; it has {policy.LayerCount} layers.");
        }

        IEnumerable<string> patterns = lora.RankPattern.Keys.Concat(lora.AlphaPattern.Keys);
        if (patterns.FirstOrDefault(pattern => !covered.Any(at => LayerPatterns.Matches(pattern, LlamaLayout.LinearPath(at.Layer, at.Module)))) is { } idle)
        {
            return (AdapterReasons.NamesNothing, $"the pattern '{idle}' matches no layer that the adapter covers, such as {LlamaLayout.LinearPath(covered[0].Layer, covered[0].Module)}.");
        }

        foreach ((int layer, string module) in covered)
        {
            (int output, int input) = LlamaLayout.LinearShape(policy, module);
            if (lora.RankOf(layer, module) is var rank && rank > Math.Min(output, input))
            {
                return (AdapterReasons.RankAboveLayer, $"rank {rank} is above that of {LlamaLayout.LinearPath(layer, module)}, which is [{output}, {input}]; at most {Math.Min(output, input)}, for it alone by rank_pattern.");
            }
        }

        return null;
    }

    /// <summary>Whether two configurations give a policy's every layer the same rank and scaling, however they say it.</summary>
    public static bool Same(PolicyConfig policy, LoraConfig one, LoraConfig other) =>
        one.RewardHead == other.RewardHead
        && AdapterLayout.Covered(policy, one).SequenceEqual(AdapterLayout.Covered(policy, other))
        && AdapterLayout.Covered(policy, one).All(at =>
            one.RankOf(at.Layer, at.Module) == other.RankOf(at.Layer, at.Module) && one.ScalingOf(at.Layer, at.Module) == other.ScalingOf(at.Layer, at.Module));

    /// <summary>In a clause: <c>rank 8, alpha 16 on q_proj, v_proj</c> and what else is not the default.</summary>
    public static string Describe(LoraConfig lora)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"rank {lora.Rank}, alpha {lora.Alpha}{(lora.UseRsLora ? " (rsLoRA)" : "")} on {string.Join(", ", lora.Targets)}");
        return text + Patterns("ranks", lora.RankPattern) + Patterns("alphas", lora.AlphaPattern) + (lora.RewardHead ? ", with a reward head" : "");
    }

    private static string Patterns<T>(string noun, IReadOnlyDictionary<string, T> patterns) => patterns.Count == 0
        ? ""
        : $", {noun} {string.Join(", ", patterns.Select(pattern => string.Create(CultureInfo.InvariantCulture, $"{pattern.Key}: {pattern.Value}")))}";
}
