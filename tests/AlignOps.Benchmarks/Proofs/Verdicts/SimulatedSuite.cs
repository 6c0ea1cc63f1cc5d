using AlignOps.Statistics.Resampling;

namespace AlignOps.Benchmarks.Proofs.Verdicts;

/// <summary>Outcomes of an imagined comparison, source after source: 1, 1/2 or 0 with the win rate and the share of ties asked for.</summary>
/// <param name="Items">Source and outcome of each item.</param>
internal sealed record SimulatedSuite(IReadOnlyList<(int Source, double Outcome)> Items)
{
    private const double Ties = 0.2;

    /// <summary>How far the items of one source lean together, either way.</summary>
    private const double Lean = 0.25;

    private const int LargestSource = 6;

    public static SimulatedSuite Draw(long seed, int count, double winRate, bool clustered)
    {
        var random = new DrawStream(seed, clustered ? 1 : 0);
        var items = new List<(int, double)>(count);
        for (var source = 0; items.Count < count; source++)
        {
            var size = clustered ? 1 + random.NextInt(LargestSource) : 1;
            var mean = winRate + (clustered ? random.NextDouble() < 0.5 ? Lean : -Lean : 0);
            for (var i = 0; i < size && items.Count < count; i++)
            {
                var draw = random.NextDouble();
                items.Add((source, draw < mean - Ties / 2 ? 1 : draw < mean + Ties / 2 ? 0.5 : 0));
            }
        }

        return new SimulatedSuite(items);
    }
}
