using System.Text;
using System.Text.RegularExpressions;

namespace AlignOps.Evaluation.Benchmarks.Metrics;

/// <summary>Perplexities over texts by lm-evaluation-harness' definitions: the texts' log-likelihoods are added up before they are divided.</summary>
internal static partial class Perplexity
{
    public const string Word = "word_perplexity";
    public const string Byte = "byte_perplexity";
    public const string Bits = "bits_per_byte";

    public static TextUnits Units(string text, double logLikelihood) => new(logLikelihood, WhiteSpace().Split(text).Length, Encoding.UTF8.GetByteCount(text));

    /// <param name="texts">At least one, with a word and a byte.</param>
    public static double Of(string metric, IEnumerable<TextUnits> texts)
    {
        double log = 0, units = 0;
        foreach (var text in texts)
        {
            log += text.LogLikelihood;
            units += metric == Word ? text.Words : text.Bytes;
        }

        return metric == Bits ? -log / units / Math.Log(2) : Math.Exp(-log / units);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
