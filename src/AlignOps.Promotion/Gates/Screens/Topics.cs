namespace AlignOps.Promotion.Gates.Screens;

/// <summary>Which of many questions a text is closest to, by the words that they share, rare words weighing more.</summary>
internal sealed class Topics
{
    private readonly HashSet<string>[] _questions;
    private readonly Dictionary<string, double> _weights;
    private readonly double[] _norms;

    public Topics(IReadOnlyList<string> questions)
    {
        _questions = [.. questions.Select(Words)];
        _weights = _questions.SelectMany(words => words).CountBy(word => word).ToDictionary(count => count.Key, count => Math.Log((1.0 + questions.Count) / count.Value), StringComparer.Ordinal);
        _norms = [.. _questions.Select(words => Math.Sqrt(words.Sum(word => _weights[word] * _weights[word])))];
    }

    /// <summary>The share of other questions to which the text is less close than to its own, those as close counting half: 1/2 for a text that has nothing to do with it.</summary>
    public double Closeness(string text, int own)
    {
        var words = Words(text);
        double[] similarities = [.. _questions.Select((question, i) => _norms[i] == 0 ? 0 : question.Where(words.Contains).Sum(word => _weights[word] * _weights[word]) / _norms[i])];
        double below = 0;
        var others = 0;
        for (var i = 0; i < similarities.Length; i++)
        {
            // The same question asked twice is no other question.
            if (i == own || _questions[i].SetEquals(_questions[own])) continue;
            others++;
            below += similarities[own] > similarities[i] ? 1 : similarities[own] == similarities[i] ? 0.5 : 0;
        }

        return others == 0 ? 0.5 : below / others;
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (letter && start < 0) start = i;
            if (!letter && start >= 0)
            {
                words.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }
        }

        return words;
    }
}
