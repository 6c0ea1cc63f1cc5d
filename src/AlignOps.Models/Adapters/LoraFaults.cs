using System.Globalization;
using System.Text.RegularExpressions;
using AlignOps.Models.Checkpoints;

namespace AlignOps.Models.Adapters;

/// <summary>What is wrong with a configuration before any policy is at hand, all of it at once.</summary>
public static partial class LoraFaults
{
    public static IEnumerable<LoraFault> Of(LoraConfig lora) =>
    [
        .. Check("rank", lora.Rank, value => value >= 1, "at least 1"),
        .. Check("alpha", lora.Alpha, IsPositive, "above 0, such as twice the rank"),
        .. Check("dropout", lora.Dropout, value => value is >= 0 and < 1, "from 0 up to but not 1, such as 0.05"),
        .. Targets(lora.Targets),
        .. Patterns("rank_pattern", lora.RankPattern, rank => rank >= 1, "a rank of at least 1"),
        .. Patterns("alpha_pattern", lora.AlphaPattern, IsPositive, "an alpha above 0"),
    ];

    private static IEnumerable<LoraFault> Targets(IReadOnlyList<string> targets) => targets.Count == 0
        ? [new("targets", $"is empty; name one of {string.Join(", ", LoraConfig.AllLinear)}, or leave the key out for all of them.")]
        : targets.Where(target => !IsLinear(target)).Select(target =>
            new LoraFault("targets", $"names '{target}', which a Llama block does not have; there are {string.Join(", ", LoraConfig.AllLinear)}."));

    private static IEnumerable<LoraFault> Patterns<T>(string key, IReadOnlyDictionary<string, T> patterns, Func<T, bool> sound, string expected)
    {
        foreach ((string pattern, T value) in patterns)
        {
            if (LayerPatterns.Fault(pattern) is { } fault)
            {
                yield return new(key, $"cannot be used: {fault}.");
            }
            else if (!sound(value))
            {
                yield return new(key, string.Create(CultureInfo.InvariantCulture, $"gives '{pattern}' {value}; it must be {expected}."));
            }
        }
    }

    private static IEnumerable<LoraFault> Check<T>(string key, T value, Func<T, bool> sound, string expected) =>
        sound(value) ? [] : [new(key, string.Create(CultureInfo.InvariantCulture, $"is {value}; it must be {expected}."))];

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    /// <summary>The end of some linear layer's path, in whatever layer it names.</summary>
    private static bool IsLinear(string target)
    {
        string module = target[(target.LastIndexOf('.') + 1)..];
        int layer = LayerNumber().Match(target) is { Success: true } match && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out int number) ? number : 0;
        return LoraConfig.AllLinear.Contains(module) && LayerPatterns.IsEndOf(LlamaLayout.LinearPath(layer, module), target);
    }

    [GeneratedRegex(@"(?:^|\.)([0-9]{1,6})\.(?:self_attn|mlp)\.")]
    private static partial Regex LayerNumber();
}
