using AlignOps.Statistics.Distributions;
using AlignOps.Statistics.Multiplicity;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Evaluation.Regression.Attribution;

/// <summary>
/// Which batches teach what the candidate newly does wrong, by the words of answers alone: no training, no model. A batch stands out where its rows pull towards the failing
/// answers (a one-sided bound of their mean above zero) and do so more than the run's rows at random (a permutation test over which batch a row is of). None need.
/// Pure: the same for rows and answers in any order.
/// </summary>
internal static class OverlapAttribution
{
    public const double Level = 0.01;

    private const int MostAnswers = 400;
    private const int MostRows = 20_000;
    private const int Examples = 3;

    /// <returns>The batches with the strongest pull first, by id where they pull alike; empty where there is nothing to attribute or nothing was taught.</returns>
    public static IReadOnlyList<ImplicatedBatch> Of(IReadOnlyList<FailingAnswer> answers, IReadOnlyList<TaughtRow> rows, long seed)
    {
        if (answers.Count == 0 || rows.Count == 0) return [];
        TaughtRow[] taken = [.. Spread([.. rows.OrderBy(row => row.BatchId, StringComparer.Ordinal).ThenBy(row => row.Prompt, StringComparer.Ordinal).ThenBy(row => row.Answers[0].Text, StringComparer.Ordinal)], MostRows)];
        var pulls = Pulls(Spread([.. answers.OrderBy(answer => answer.Suite, StringComparer.Ordinal).ThenBy(answer => answer.Id, StringComparer.Ordinal).ThenBy(answer => answer.Sample)], MostAnswers), taken);
        var batches = Enumerable.Range(0, taken.Length).GroupBy(i => taken[i].BatchId, StringComparer.Ordinal).Select(batch => (Id: batch.Key, Rows: batch.ToArray())).ToList();
        var chances = batches.Count == 1 ? [1.0] : Holm.Adjusted(Permute(pulls, [.. batches.Select(batch => batch.Rows.Length)], seed));
        var towards = pulls.Sum(pull => Math.Max(0, pull));
        return
        [
            .. batches.Zip(chances, (batch, chance) =>
                {
                    double[] own = [.. batch.Rows.Select(i => pulls[i])];
                    var share = towards > 0 ? own.Sum(pull => Math.Max(0, pull)) / towards : 0;
                    var standsOut = LowerBound(own) > 0 && (batches.Count == 1 || chance <= Level);
                    ImplicatedRow[] examples =
                        [.. batch.Rows.Where(i => pulls[i] > 0).OrderByDescending(i => pulls[i]).Take(Examples).Select(i => new ImplicatedRow(taken[i].Prompt, taken[i].Answers.MaxBy(answer => answer.Weight).Text, Round(pulls[i])))];
                    return new ImplicatedBatch(batch.Id, own.Length, Round(own.Average()), Round(share), Round(chance), standsOut, examples);
                })
                .OrderByDescending(batch => batch.Pull)
                .ThenBy(batch => batch.BatchId, StringComparer.Ordinal),
        ];
    }

    private static double[] Pulls(IReadOnlyList<FailingAnswer> answers, TaughtRow[] rows)
    {
        var (rarity, promptRarity) = (new Rarity(), new Rarity());
        foreach (var row in rows)
        {
            promptRarity.Add(WordSets.Of(row.Prompt));
            foreach (var (text, _) in row.Answers) rarity.Add(WordSets.WithPairs(text));
        }

        foreach (var answer in answers)
        {
            promptRarity.Add(WordSets.Of(answer.Question));
            rarity.Add(WordSets.WithPairs(answer.Candidate));
            rarity.Add(WordSets.WithPairs(answer.Better));
        }

        var changes = answers.GroupBy(answer => (answer.Suite, answer.Slice))
            .Select(slice => (Weight: (double)slice.Count() / answers.Count, Change: new LearnedChange([.. slice], rarity, promptRarity)))
            .ToList();
        return
        [
            .. rows.Select(row =>
            {
                var taught = new Dictionary<string, double>(StringComparer.Ordinal);
                foreach (var (text, weight) in row.Answers)
                {
                    foreach (var word in WordSets.WithPairs(text)) taught[word] = taught.GetValueOrDefault(word) + weight;
                }

                var prompt = WordSets.Of(row.Prompt);
                return changes.Sum(change => change.Weight * change.Change.Pull(taught, prompt));
            }),
        ];
    }

    /// <summary>For each batch the chance that as many rows, drawn from all, have a mean at least its own. Sizes in the order of the rows.</summary>
    private static double[] Permute(double[] pulls, int[] sizes, long seed)
    {
        var draws = Math.Clamp(500 * sizes.Length, 2_000, 20_000);
        var observed = Sums(pulls, sizes);
        var atLeast = new int[sizes.Length];
        var shuffled = (double[])pulls.Clone();
        for (var draw = 0; draw < draws; draw++)
        {
            var random = new DrawStream(seed, draw);
            for (var i = shuffled.Length - 1; i > 0; i--)
            {
                var other = random.NextInt(i + 1);
                (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
            }

            var sums = Sums(shuffled, sizes);
            for (var b = 0; b < sizes.Length; b++)
            {
                if (sums[b] >= observed[b] - 1e-12) atLeast[b]++;
            }
        }

        return [.. atLeast.Select(count => (count + 1.0) / (draws + 1))];
    }

    private static double[] Sums(double[] values, int[] sizes)
    {
        var (sums, at) = (new double[sizes.Length], 0);
        for (var b = 0; b < sizes.Length; b++)
        {
            for (var end = at + sizes[b]; at < end; at++) sums[b] += values[at];
        }

        return sums;
    }

    /// <summary>Student's one-sided bound of the mean.</summary>
    private static double LowerBound(double[] values)
    {
        if (values.Length < 2) return double.NegativeInfinity;
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        return mean - (StudentDistribution.Quantile(1 - Level, values.Length - 1) * Math.Sqrt(variance / values.Length));
    }

    /// <summary>Every k-th, so that nothing in the order decides what is looked at.</summary>
    private static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];

    private static double Round(double value) => Math.Round(value, 6);
}
