namespace AlignOps.Tests.Statistics;

/// <summary>Seeded paired outcomes: 1/2 with the tie rate, otherwise 1 or 0, with the mean asked for where the ties leave room for it.</summary>
internal static class Outcomes
{
    public static double[] Draw(Random random, int count, double mean, double tieRate)
    {
        var winRate = mean - tieRate / 2;
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var draw = random.NextDouble();
            return draw < winRate ? 1 : draw < winRate + tieRate ? 0.5 : 0.0;
        })];
    }
}
