using System.Text;
using System.Text.RegularExpressions;

namespace AlignOps.Evaluation.Benchmarks.Metrics;

/// <summary>When an answer equals a target, by the options of lm-evaluation-harness' exact_match, applied to both in this order.</summary>
public sealed record ExactMatch
{
    private const string AsciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(1);

    /// <summary>Whatever these match is taken out first.</summary>
    public IReadOnlyList<string> RegexesToIgnore { get; init; } = [];

    public bool IgnoreCase { get; init; }

    /// <summary>ASCII punctuation is taken out.</summary>
    public bool IgnorePunctuation { get; init; }

    /// <summary>ASCII digits are taken out.</summary>
    public bool IgnoreNumbers { get; init; }

    /// <exception cref="RegexMatchTimeoutException">A pattern took longer than a second on this answer.</exception>
    public bool Matches(string answer, IReadOnlyList<string> targets)
    {
        var normal = Normalise(answer);
        return targets.Any(target => string.Equals(Normalise(target), normal, StringComparison.Ordinal));
    }

    private string Normalise(string text)
    {
        foreach (var pattern in RegexesToIgnore)
        {
            text = Regex.Replace(text, pattern, "", RegexOptions.CultureInvariant, RegexLimit);
        }

        text = IgnoreCase ? text.ToLowerInvariant() : text;
        text = IgnorePunctuation ? Without(text, AsciiPunctuation.Contains) : text;
        return IgnoreNumbers ? Without(text, char.IsAsciiDigit) : text;
    }

    private static string Without(string text, Func<char, bool> left) => text.Where(c => !left(c)).Aggregate(new StringBuilder(), (kept, c) => kept.Append(c)).ToString();
}
