using AlignOps.Statistics.Resampling;

namespace AlignOps.Statistics.Agreement;

/// <summary>Coefficients over resampled units: whole clusters of them, where they share a source.</summary>
internal static class UnitBootstrap
{
    /// <param name="coefficients">Given how often each unit counts.</param>
    public static IReadOnlyList<BootstrapDistribution> Run(Ratings ratings, int draws, long seed, Func<double[], double[]> coefficients)
    {
        var clusters = ratings.Clusters.Count == 0 ? 0 : ratings.Clusters.Max() + 1;
        return ClusterBootstrap.Refit(clusters, draws, seed, times => coefficients([.. ratings.Clusters.Select(cluster => times[cluster])]));
    }
}
