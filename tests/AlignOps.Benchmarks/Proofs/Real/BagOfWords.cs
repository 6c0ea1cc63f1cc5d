namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>
/// What words alone tell: logistic regression on the difference of the answers' word counts (Bradley and Terry's model with a linear score), with an L2
/// penalty, by Nesterov's accelerated gradient. It never sees the prompt.
/// </summary>
internal sealed class BagOfWords
{
    private const int LeastPairs = 3;
    private const double Penalty = 0.03;
    private const int Iterations = 300;

    private readonly Dictionary<string, int> _places;
    private readonly double[] _weights;

    private BagOfWords(Dictionary<string, int> places, double[] weights) => (_places, _weights) = (places, weights);

    public static BagOfWords Train(IReadOnlyList<PreferencePair> pairs)
    {
        var differences = pairs.Select(Difference).ToArray();
        var places = differences.SelectMany(d => d.Keys)
            .GroupBy(word => word, StringComparer.Ordinal)
            .Where(group => group.Count() >= LeastPairs)
            .Select(group => group.Key)
            .Order(StringComparer.Ordinal)
            .Select((word, place) => (word, place))
            .ToDictionary(p => p.word, p => p.place, StringComparer.Ordinal);
        return new BagOfWords(places, Fit([.. differences.Select(d => Known(d, places))], places.Count));
    }

    /// <summary>1 where the preferred answer scores higher, 1/2 where equal, else 0.</summary>
    public double Right(PreferencePair pair) => PairScores.Right(Dot(Known(Difference(pair), _places), _weights), 0);

    private static Dictionary<string, double> Difference(PreferencePair pair)
    {
        var difference = WordCounts.Of(pair.Chosen);
        foreach (var (word, value) in WordCounts.Of(pair.Rejected))
        {
            difference[word] = difference.GetValueOrDefault(word) - value;
        }

        return difference;
    }

    private static (int Place, double Value)[] Known(Dictionary<string, double> words, Dictionary<string, int> places) =>
        [.. words.Where(w => places.ContainsKey(w.Key)).Select(w => (places[w.Key], w.Value)).OrderBy(w => w.Item1)];

    /// <summary>Minimises mean ln(1 + e^(−w·x)) + penalty·|w|².</summary>
    private static double[] Fit((int Place, double Value)[][] rows, int size)
    {
        // The curvature of the logistic is at most 1/4, and the largest eigenvalue of the mean of xxᵀ at most the mean of |x|².
        var step = 1 / ((0.25 * rows.Average(row => row.Sum(x => x.Value * x.Value))) + (2 * Penalty));
        double[] weights = new double[size], ahead = new double[size], gradient = new double[size];
        for (var iteration = 1; iteration <= Iterations; iteration++)
        {
            Array.Clear(gradient);
            foreach (var row in rows)
            {
                var pull = -1 / ((1 + Math.Exp(Dot(row, ahead))) * rows.Length);
                foreach (var (place, value) in row)
                {
                    gradient[place] += pull * value;
                }
            }

            var momentum = (iteration - 1.0) / (iteration + 2);
            for (var i = 0; i < size; i++)
            {
                var moved = ahead[i] - (step * (gradient[i] + (2 * Penalty * ahead[i])));
                ahead[i] = moved + (momentum * (moved - weights[i]));
                weights[i] = moved;
            }
        }

        return weights;
    }

    private static double Dot((int Place, double Value)[] row, double[] weights) => row.Sum(x => x.Value * weights[x.Place]);
}
