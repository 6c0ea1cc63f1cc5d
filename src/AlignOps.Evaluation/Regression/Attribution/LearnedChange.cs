namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>
/// What the candidate says in a slice's failing answers and the better answers do not, less what it no longer says: a direction over words, each by its rarity, each answer
/// weighing alike. A row pulls that way as far as its preferred answers have more of it than those it prefers them to: the first-order influence of a row on a model that is
/// linear in these words (the bag-of-words face of TracIn's inner product of gradients; Pruthi et al., 2020).
/// </summary>
internal sealed class LearnedChange
{
    /// <summary>How much of a row's pull counts where its prompt shares no word with the questions: manners carry over to what was never asked.</summary>
    private const double WithoutCommonWords = 0.5;

    private readonly Dictionary<string, double> _direction = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _questions = new(StringComparer.Ordinal);
    private readonly double _questionNorm;
    private readonly Rarity _promptRarity;

    public LearnedChange(IReadOnlyCollection<FailingAnswer> answers, Rarity rarity, Rarity promptRarity)
    {
        _promptRarity = promptRarity;
        foreach (var answer in answers)
        {
            var (candidate, better) = (WordSets.WithPairs(answer.Candidate), WordSets.WithPairs(answer.Better));
            List<(string Word, double Weight)> changes =
                [.. candidate.Except(better).Select(word => (word, rarity.Of(word))), .. better.Except(candidate).Select(word => (word, -rarity.Of(word)))];
            var size = changes.Sum(change => Math.Abs(change.Weight));
            foreach (var (word, weight) in changes.Where(_ => size > 0))
            {
                _direction[word] = _direction.GetValueOrDefault(word) + (weight / size / answers.Count);
            }

            foreach (var word in WordSets.Of(answer.Question)) _questions[word] = _questions.GetValueOrDefault(word) + promptRarity.Of(word);
        }

        _questionNorm = Math.Sqrt(_questions.Values.Sum(weight => weight * weight));
    }

    /// <summary>In [−1, 1]: above zero where the row teaches the change, below where it teaches against it.</summary>
    /// <param name="taught">The row's words with their weights, preferred less not preferred.</param>
    /// <param name="prompt">The words of its prompt.</param>
    public double Pull(IReadOnlyDictionary<string, double> taught, IReadOnlyCollection<string> prompt)
    {
        var along = taught.Sum(word => word.Value * _direction.GetValueOrDefault(word.Key));
        return along * (WithoutCommonWords + ((1 - WithoutCommonWords) * Likeness(prompt)));
    }

    /// <summary>The cosine of prompt and questions.</summary>
    private double Likeness(IReadOnlyCollection<string> prompt)
    {
        var norm = Math.Sqrt(prompt.Sum(word => _promptRarity.Of(word) * _promptRarity.Of(word)));
        return norm * _questionNorm > 0 ? prompt.Sum(word => _promptRarity.Of(word) * _questions.GetValueOrDefault(word)) / (norm * _questionNorm) : 0;
    }
}
