using AlignOps.Data.Languages;

namespace AlignOps.Evaluation.Qualification;

/// <summary>What was measured of a judge in one language: agreement in English says nothing of agreement in Finnish.</summary>
/// <param name="Language">ISO 639-1, guessed from the question and the answers; <see cref="Unknown"/> where they do not show one.</param>
/// <param name="Measurements">Those that a language's pairs allow; attacks are tried in all of them together.</param>
internal sealed record LanguageMeasurements(string Language, int Pairs, IReadOnlyList<Measurement> Measurements)
{
    public const string Unknown = "unknown";

    private const int LeastPairs = 20;

    private static readonly Measure[] Measured =
    [
        Measure.Agreement, Measure.Kappa, Measure.WeightedKappa, Measure.Ac1, Measure.Alpha, Measure.PositionConsistency, Measure.PositionPreference, Measure.RepetitionStability, Measure.PrefersLonger,
        Measure.Unscored,
    ];

    /// <summary>A slice a language, the largest first; with fewer than 20 pairs nothing is measured. Empty where all pairs are in one language: the whole report is that language's.</summary>
    public static IReadOnlyList<LanguageMeasurements> Of(Examination examination, string? family, long seed)
    {
        var languages = examination.Pairs.GroupBy(pair => LanguageOf(pair.Pair), StringComparer.Ordinal).OrderByDescending(language => language.Count()).ThenBy(language => language.Key, StringComparer.Ordinal).ToList();
        return languages.Count < 2 ? [] : [.. languages.Select(language => Slice(language.Key, [.. language], family, seed))];
    }

    private static string LanguageOf(LabelledPair pair) => LanguageGuess.Of($"{pair.Prompt[^1].Content}\n{pair.First}\n{pair.Second}") ?? Unknown;

    private static LanguageMeasurements Slice(string language, IReadOnlyList<ExaminedPair> pairs, string? family, long seed) => new(
        language,
        pairs.Count,
        pairs.Count < LeastPairs
            ? [.. Measured.Select(measure => Measurement.None(measure, $"the set has {pairs.Count} pairs in this language, of at least {LeastPairs}."))]
            : [.. Measuring.Of(new Examination(pairs, null), family, seed).Where(one => Measured.Contains(one.Measure))]);
}
