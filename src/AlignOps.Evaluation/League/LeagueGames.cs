using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.League;

namespace AlignOps.Evaluation.League;

/// <summary>A pipeline's comparisons as games: one an item, both orders together, clustered by what the item shares a source with, in every run alike.</summary>
internal static class LeagueGames
{
    private const int MostDimensions = 6;
    private const int FewestGames = 40;

    /// <summary>By the judge's outcomes.</summary>
    public static IReadOnlyList<Game> Of(IReadOnlyList<PlayedRun> runs)
    {
        var clusters = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. runs.SelectMany(run => Items(run).SelectMany(item => Opponents(run.Evidence.Header, item)
            .Where(game => game.Comparison?.Outcome is not null)
            .Select(game => new Game(run.Evidence.Header.Candidate.ShortName, game.Opponent.ShortName, game.Comparison!.Outcome!.Value, Cluster(clusters, item)))))];
    }

    /// <summary>By each check that both answers of a pair have: 1 where the first shows it and the second does not.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Game>> Dimensions(IReadOnlyList<PlayedRun> runs)
    {
        var clusters = new Dictionary<string, int>(StringComparer.Ordinal);
        var games = new SortedDictionary<string, List<Game>>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            foreach (var item in Items(run))
            {
                foreach (var (opponent, _, answer) in Opponents(run.Evidence.Header, item))
                {
                    foreach (var (check, shown) in item.Candidate.Checks)
                    {
                        if (!answer.Checks.TryGetValue(check, out var other)) continue;
                        if (!games.TryGetValue(check, out var list)) games[check] = list = [];
                        list.Add(new Game(run.Evidence.Header.Candidate.ShortName, opponent.ShortName, shown == other ? 0.5 : shown ? 1 : 0, Cluster(clusters, item)));
                    }
                }
            }
        }

        return games.Where(dimension => dimension.Value.Count(game => game.Outcome != 0.5) > 0 && dimension.Value.Count >= FewestGames)
            .OrderByDescending(dimension => dimension.Value.Count).Take(MostDimensions).ToDictionary(dimension => dimension.Key, dimension => (IReadOnlyList<Game>)dimension.Value);
    }

    /// <summary>Pairs of answers: of held-out feedback no answer was drawn.</summary>
    private static IEnumerable<EvidenceItem> Items(PlayedRun run) => run.Evidence.Items.Where(item => item.VersusChampion is not null && item.Suite != EvidenceSuite.HeldOutFeedback);

    private static IEnumerable<(ModelRef Opponent, EvidenceComparison? Comparison, EvidenceAnswer Answer)> Opponents(EvidenceHeader header, EvidenceItem item)
    {
        if (header.Candidate.ShortName != header.Champion.ShortName) yield return (header.Champion, item.VersusChampion, item.Champion);
        if (header.Anchor != header.Champion && item.Anchor is { } anchor && header.Candidate.ShortName != header.Anchor.ShortName) yield return (header.Anchor, item.VersusAnchor, anchor);
    }

    private static int Cluster(Dictionary<string, int> clusters, EvidenceItem item)
    {
        clusters.TryAdd(item.Unit, clusters.Count);
        return clusters[item.Unit];
    }
}
