using System.Collections.Concurrent;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Statistics.Intervals;
using AlignOps.Statistics.League;
using Dapper;

namespace AlignOps.Evaluation.League;

/// <summary>Makes a pipeline's league of what its runs left behind. What has not changed is not computed again.</summary>
internal sealed class LeagueReader(IDatabase database, IBlobStore blobs)
{
    private const int Draws = 400;
    private const long Seed = 1;

    private readonly ConcurrentDictionary<string, (string Key, LeagueReport Report)> _known = new(StringComparer.Ordinal);

    public async Task<LeagueReport> ReadAsync(string pipeline, CancellationToken cancellationToken)
    {
        var (digests, versions) = await FindAsync(pipeline, cancellationToken);
        var key = string.Join('\n', digests.Select(run => run.Digest)) + "\n" + string.Join('\n', versions.Select(version => $"{version.Key} {version.Value}"));
        if (_known.TryGetValue(pipeline, out var known) && known.Key == key) return known.Report;

        var runs = new List<PlayedRun>();
        foreach (var (runId, digest) in digests)
        {
            if (await ReadFileAsync(digest, cancellationToken) is { } evidence) runs.Add(new PlayedRun(runId, digest, evidence));
        }

        var report = Of(pipeline, runs, digests.Count - runs.Count, versions);
        _known[pipeline] = (key, report);
        return report;
    }

    /// <param name="runs">Oldest first.</param>
    internal static LeagueReport Of(string pipeline, IReadOnlyList<PlayedRun> runs, int missing, IReadOnlyDictionary<string, long> versions)
    {
        var games = LeagueGames.Of(runs);
        if (games.Count == 0)
        {
            return new LeagueReport(pipeline, null, runs.Count, missing, 0, Draws, [], new Dictionary<string, IReadOnlyList<LeagueLine>>(), $"No two versions of {pipeline} have been compared yet.");
        }

        var anchor = games[0].Second;
        var elo = new Elo();
        foreach (var game in games) elo.Play(game.First, game.Second, game.Outcome);
        var standings = LeagueTable.Of(games, Draws, Seed, anchor);
        var dimensions = LeagueGames.Dimensions(runs);
        var played = dimensions.Count < 2 || !dimensions.Values.All(list => list.Any(game => game.First == anchor || game.Second == anchor))
            ? new Dictionary<string, IReadOnlyList<Standing>>()
            : LeagueTable.OfDimensions(dimensions, Draws, Seed, anchor);
        return new LeagueReport(
            pipeline, anchor, runs.Count, missing, games.Count, Draws,
            [.. standings.Select(one => Line(one, versions, elo[one.Name]))],
            played.ToDictionary(dimension => dimension.Key, dimension => (IReadOnlyList<LeagueLine>)[.. dimension.Value.Select(one => Line(one, versions, null))]),
            Sentence(standings, runs.Count, games.Count));
    }

    private static LeagueLine Line(Standing one, IReadOnlyDictionary<string, long> versions, double? elo) => new(
        one.Name, versions.TryGetValue(one.Name, out var version) ? version : null,
        new Estimate(Rounded(one.Rating.Value), Rounded(one.Rating.StandardError), Rounded(one.Rating.Lower), Rounded(one.Rating.Upper)), elo is { } rating ? Rounded(rating) : null, one.Games, one.Group);

    private static string Sentence(IReadOnlyList<Standing> standings, int runs, int games)
    {
        var counted = $"{standings.Count} versions in {games} comparisons of {runs} {(runs == 1 ? "run" : "runs")}";
        if (standings.Select(one => one.Group).Distinct().Count() > 1) return counted + ". Not all of them have met, not even through others: ratings of different groups cannot be compared.";
        return standings is [var first, var second, ..] && first.Rating.Lower > second.Rating.Upper
            ? $"{counted}; {first.Name} is ahead, beyond what chance would do."
            : $"{counted}; who is ahead, the intervals do not tell.";
    }

    private async Task<(IReadOnlyList<(string RunId, string Digest)> Runs, IReadOnlyDictionary<string, long> Versions)> FindAsync(string pipeline, CancellationToken cancellationToken)
    {
        const string Runs = "select run_id as RunId, evidence_digest as Digest from pipelines_v_runs where pipeline = @pipeline and evidence_digest is not null order by started_at, run_id";
        const string Versions = "select version as Version, checkpoint as Checkpoint, adapter as Adapter from promotion_v_history where pipeline = @pipeline order by version";
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var runs = (await connection.QueryAsync<RunRow>(new CommandDefinition(Runs, new { pipeline }, cancellationToken: cancellationToken))).Select(row => (row.RunId, row.Digest)).ToList();
        var versions = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in await connection.QueryAsync<VersionRow>(new CommandDefinition(Versions, new { pipeline }, cancellationToken: cancellationToken)))
        {
            // A model that came back keeps the number that it had first.
            versions.TryAdd(new ModelRef(row.Checkpoint, row.Adapter).ShortName, row.Version);
        }

        return (runs, versions);
    }

    private async Task<EvidenceFile?> ReadFileAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            return EvidenceFile.Read(await blobs.ReadTextAsync(digest, cancellationToken));
        }
        catch (Exception fault) when (fault is BlobMissingException or JsonException)
        {
            return null;
        }
    }

    private static double Rounded(double value) => Math.Round(value, 1);

    private sealed class RunRow
    {
        public string RunId { get; init; } = "";
        public string Digest { get; init; } = "";
    }

    private sealed class VersionRow
    {
        public long Version { get; init; }
        public string Checkpoint { get; init; } = "";
        public string? Adapter { get; init; }
    }
}
