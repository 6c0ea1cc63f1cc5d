using System.Text;

namespace AlignOps.Evaluation.Benchmarks.Metrics;

/// <summary>
/// Multiple choice by log-likelihood, by lm-evaluation-harness' definitions: the answer is the choice of the highest log-likelihood (<c>acc</c>), of the highest a
/// character (<c>acc_norm</c>), a UTF-8 byte (<c>acc_bytes</c>), or of the highest gain over the choice without its context (<c>acc_mutual_info</c>). First of equals.
/// </summary>
internal static class ChoiceMetrics
{
    /// <param name="conditional">log P(choice | context) of each choice.</param>
    /// <param name="unconditional">log P(choice) of each choice; null where mutual information is not asked for.</param>
    public static IReadOnlyDictionary<string, double> Of(ChoiceItem item, IReadOnlyList<double> conditional, IReadOnlyList<double>? unconditional)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["acc"] = Right(item, conditional),
            ["acc_norm"] = Right(item, [.. conditional.Zip(item.Choices, (log, choice) => log / choice.EnumerateRunes().Count())]),
            ["acc_bytes"] = Right(item, [.. conditional.Zip(item.Choices, (log, choice) => log / Encoding.UTF8.GetByteCount(choice))]),
            ["brier_score"] = Brier(item, conditional),
        };
        if (unconditional is not null)
        {
            metrics["acc_mutual_info"] = Right(item, [.. conditional.Zip(unconditional, (with, without) => with - without)]);
        }

        return metrics;
    }

    private static double Right(ChoiceItem item, double[] scores) => item.Gold.Contains(Array.IndexOf(scores, scores.Max())) ? 1 : 0;

    private static double Right(ChoiceItem item, IReadOnlyList<double> scores) => Right(item, [.. scores]);

    /// <summary>Squared distance of the softmax over choices from the first right one.</summary>
    private static double Brier(ChoiceItem item, IReadOnlyList<double> conditional)
    {
        var most = conditional.Max();
        double[] exponents = [.. conditional.Select(log => Math.Exp(log - most))];
        var sum = exponents.Sum();
        return exponents.Select((exponent, i) => Math.Pow(exponent / sum - (i == item.Gold[0] ? 1 : 0), 2)).Sum();
    }
}
