using AlignOps.Statistics.Resampling;
using AlignOps.Statistics.Slices;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary>
/// A population of questions with three attributes of several values each: 20 slices, every item in three of them. Sources of one to five items lean together and, for the first attribute,
/// fall into one slice whole. Each slice's true win rate is known and set.
/// </summary>
internal sealed class SliceWorld
{
    private const int Items = 1000;
    private const double Ties = 0.2;
    private const double Lean = 0.08;

    /// <summary>Shares of the values of each attribute: slices of about 20 to 400 items.</summary>
    private static readonly double[][] Shares =
    [
        [0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.14, 0.18, 0.30],
        [0.04, 0.10, 0.16, 0.30, 0.40],
        [0.025, 0.075, 0.20, 0.30, 0.40],
    ];

    /// <summary>Attributes are independent, so a slice's win rate is the whole's plus its own effect.</summary>
    private readonly double[][] _effects;

    /// <param name="attribute">The attribute whose slices differ.</param>
    /// <param name="winRates">Of its slices; those of the other attributes all have the whole's.</param>
    private SliceWorld(int attribute, double[] winRates)
    {
        Whole = winRates.Zip(Shares[attribute], (rate, share) => rate * share).Sum();
        _effects = [.. Shares.Select((shares, a) => shares.Select((_, k) => a == attribute ? winRates[k] - Whole : 0).ToArray())];
        WinRates = [.. _effects.SelectMany(effects => effects.Select(effect => Whole + effect))];
    }

    /// <summary>A world for each attribute, its k-th slice having the rate given for k.</summary>
    public static IEnumerable<SliceWorld> OfEachAttribute(Func<int, double> winRate) =>
        Shares.Select((shares, attribute) => new SliceWorld(attribute, [.. shares.Select((_, k) => winRate(k))]));

    public static int Count => Shares.Sum(shares => shares.Length);

    public static IReadOnlyList<double> Sizes { get; } = [.. Shares.SelectMany(shares => shares.Select(share => share * Items))];

    public double Whole { get; }

    /// <summary>As they truly are.</summary>
    public IReadOnlyList<double> WinRates { get; }

    /// <summary>A suite drawn from the population, as the gate sees it: a source's mean in each slice.</summary>
    public IReadOnlyList<ComparedSlice> Draw(long seed, double margin)
    {
        var random = new DrawStream(seed, 0);
        var slices = Enumerable.Range(0, Count).Select(_ => new List<(int Source, double Value)>()).ToArray();
        for (int source = 0, drawn = 0; drawn < Items; source++)
        {
            var size = 1 + random.NextInt(5);
            var lean = random.NextDouble() < 0.5 ? Lean : -Lean;
            var topic = Pick(Shares[0], ref random);
            for (var i = 0; i < size && drawn < Items; i++, drawn++)
            {
                var mean = Whole + lean + _effects[0][topic];
                slices[topic].Add((source, 0));
                var first = Shares[0].Length;
                var places = new List<int> { topic };
                for (var a = 1; a < Shares.Length; a++)
                {
                    var value = Pick(Shares[a], ref random);
                    mean += _effects[a][value];
                    places.Add(first + value);
                    slices[first + value].Add((source, 0));
                    first += Shares[a].Length;
                }

                if (mean - Ties / 2 < 0 || mean + Ties / 2 > 1) throw new InvalidOperationException("Effects leave no room for the outcome.");
                var draw = random.NextDouble();
                var outcome = draw < mean - Ties / 2 ? 1 : draw < mean + Ties / 2 ? 0.5 : 0;
                foreach (var place in places) slices[place][^1] = (source, outcome);
            }
        }

        return [.. slices.Select((slice, k) => new ComparedSlice($"{k}", [.. slice.GroupBy(item => item.Source).Select(unit => unit.Average(item => item.Value))], 0.5 - margin))];
    }

    private static int Pick(double[] shares, ref DrawStream random)
    {
        var draw = random.NextDouble();
        for (var i = 0; i < shares.Length - 1; i++)
        {
            if (draw < shares[i]) return i;
            draw -= shares[i];
        }

        return shares.Length - 1;
    }
}
