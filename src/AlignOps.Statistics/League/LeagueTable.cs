using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Statistics.League;

/// <summary>The league of all versions of a model, strongest first, with intervals from refitting on resampled items.</summary>
public static class LeagueTable
{
    private static readonly double PointsPerLogOdds = 400 / Math.Log(10);

    /// <param name="anchor">The version whose strength is 0 and rating 1000, such as the first one certified; null: the mean of all.</param>
    /// <param name="draws">Resamples of the items.</param>
    public static IReadOnlyList<Standing> Of(IReadOnlyList<Game> games, int draws, long seed, string? anchor = null, double confidence = 0.95)
    {
        var names = Names(games);
        if (names.Count == 0) return [];
        var fit = new BradleyTerry(games, names, anchor);
        var strengths = ClusterBootstrap.Refit(games.Max(game => game.Cluster) + 1, draws, seed, fit.Fit);
        return [.. names.Select((name, i) => Place(name, strengths[i], games.Count(game => game.First == name || game.Second == name), fit.GroupOf[i], confidence)).OrderByDescending(standing => standing.Strength.Value)];
    }

    /// <summary>
    /// A league in each of several dimensions (accuracy, helpfulness, language) and over all of them, the mean of the dimensions' strengths: a version that is strong by tone
    /// alone shows as that (after the Multi-Elo rating system of Wu and Aji, "Style over substance", 2023). All dimensions are resampled together.
    /// </summary>
    /// <returns>Dimension → standings; the mean under <paramref name="overall"/>.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<Standing>> OfDimensions(
        IReadOnlyDictionary<string, IReadOnlyList<Game>> games, int draws, long seed, string? anchor = null, double confidence = 0.95, string overall = "overall")
    {
        var dimensions = games.Keys.Order(StringComparer.Ordinal).ToList();
        var names = Names(dimensions.SelectMany(dimension => games[dimension]));
        var fits = dimensions.Select(dimension => new BradleyTerry(games[dimension], names, anchor)).ToList();
        var clusters = games.Values.SelectMany(list => list).Max(game => game.Cluster) + 1;
        var found = ClusterBootstrap.Refit(clusters, draws, seed, times =>
        {
            var strengths = fits.Select(fit => fit.Fit(times)).ToList();
            return [.. Enumerable.Range(0, names.Count).Select(i => strengths.Average(dimension => dimension[i])), .. strengths.SelectMany(dimension => dimension)];
        });

        var all = dimensions.SelectMany(dimension => games[dimension]).ToList();
        return new[] { overall }.Concat(dimensions).Select((dimension, d) => (dimension, Standings: (IReadOnlyList<Standing>)[.. names.Select((name, i) => Place(
                name, found[d * names.Count + i], (d == 0 ? all : games[dimension]).Count(game => game.First == name || game.Second == name), d == 0 ? 0 : fits[d - 1].GroupOf[i], confidence))
            .OrderByDescending(standing => standing.Strength.Value)])).ToDictionary(pair => pair.dimension, pair => pair.Standings);
    }

    private static List<string> Names(IEnumerable<Game> games) => [.. games.SelectMany(game => new[] { game.First, game.Second }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Standing Place(string name, BootstrapDistribution strength, int games, int group, double confidence)
    {
        var interval = strength.Percentile(confidence);
        return new Standing(
            name,
            new Estimate(strength.Estimate, strength.StandardError, interval.Lower, interval.Upper),
            new Estimate(Points(strength.Estimate), strength.StandardError * PointsPerLogOdds, Points(interval.Lower), Points(interval.Upper)),
            games,
            group);
    }

    private static double Points(double logOdds) => 1000 + PointsPerLogOdds * logOdds;
}
