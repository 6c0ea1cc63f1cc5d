using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.League;
using AlignOps.Statistics.Regression;
using AlignOps.Statistics.Resampling;

namespace AlignOps.Statistics.Style;

/// <summary>
/// Strengths with style held equal: P(a beats b) = σ(θₐ − θ_b + β·z), z the differences in style in standard deviations (after Chatbot Arena's style control, 2024). Intervals refit on resampled items.
/// </summary>
/// <param name="Strengths">θ by version, log-odds over the anchor.</param>
/// <param name="Coefficients">β by feature: how far one standard deviation of it moves the log-odds. Far from 0, the judge pays for style.</param>
public sealed record StyleControl(IReadOnlyDictionary<string, Estimate> Strengths, IReadOnlyDictionary<string, Estimate> Coefficients)
{
    private const double Ridge = 1e-4;

    /// <param name="features">Names of the numbers in <see cref="StyledGame.Style"/>; none: the plain league.</param>
    /// <param name="anchor">The version at strength 0.</param>
    public static StyleControl Of(IReadOnlyList<StyledGame> games, IReadOnlyList<string> features, string anchor, int draws, long seed, double confidence = 0.95)
    {
        List<string> names = [.. games.SelectMany(styled => new[] { styled.Game.First, styled.Game.Second }).Distinct(StringComparer.Ordinal).Where(name => name != anchor).Order(StringComparer.Ordinal)];
        var width = names.Count + features.Count;
        var targets = games.Select(styled => styled.Game.Outcome).ToArray();
        var design = new double[games.Count * width];
        for (var i = 0; i < games.Count; i++)
        {
            Put(design, i * width, names.IndexOf(games[i].Game.First), 1);
            Put(design, i * width, names.IndexOf(games[i].Game.Second), -1);
        }

        for (var f = 0; f < features.Count; f++)
        {
            // About 0, not about the mean: which of two answers stands first means nothing, so equal styles must stay at 0.
            var deviation = Math.Sqrt(games.Average(styled => styled.Style[f] * styled.Style[f]));
            for (var i = 0; i < games.Count; i++) design[i * width + names.Count + f] = deviation > 0 ? games[i].Style[f] / deviation : 0;
        }

        var whole = LogisticRegression.Fit(design, targets, Enumerable.Repeat(1.0, games.Count).ToArray(), Ridge);
        var found = ClusterBootstrap.Refit(games.Max(styled => styled.Game.Cluster) + 1, draws, seed, times =>
            LogisticRegression.Fit(design, targets, [.. games.Select(styled => times[styled.Game.Cluster])], Ridge, whole));
        return new StyleControl(
            names.Select((name, i) => (name, found[i])).Append((anchor, new BootstrapDistribution(0, [0]))).ToDictionary(pair => pair.Item1, pair => Estimated(pair.Item2, confidence)),
            features.Select((feature, f) => (feature, found[names.Count + f])).ToDictionary(pair => pair.feature, pair => Estimated(pair.Item2, confidence)));
    }

    private static void Put(double[] design, int row, int place, double value)
    {
        if (place >= 0) design[row + place] = value;
    }

    private static Estimate Estimated(BootstrapDistribution found, double confidence)
    {
        var interval = found.Percentile(confidence);
        return new Estimate(found.Estimate, found.StandardError, interval.Lower, interval.Upper);
    }
}
