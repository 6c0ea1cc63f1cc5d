using AlignOps.Data.Languages;

namespace AlignOps.Evaluation.Suites;

/// <summary>Finds the language of questions whose suite does not say it.</summary>
internal static class SpokenLanguage
{
    /// <summary>A language found in fewer questions of a suite is more likely a slip than a language.</summary>
    private const int Least = 10;

    public static IReadOnlyList<SuiteItem> Of(IReadOnlyList<SuiteItem> items)
    {
        string?[] guesses = [.. items.Select(item => item.Language is null ? LanguageGuess.Of(item.LastQuestion) : null)];
        var spoken = guesses.OfType<string>().CountBy(guess => guess).Where(count => count.Value >= Least).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        return [.. items.Zip(guesses, (item, guess) => guess is not null && spoken.Contains(guess) ? item with { Language = guess } : item)];
    }
}
