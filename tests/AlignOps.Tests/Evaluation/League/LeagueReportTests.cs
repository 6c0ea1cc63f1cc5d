using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.League;
using AlignOps.Evaluation.Style;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Evaluation.Compliance;
using AlignOps.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.League;

public sealed class LeagueReportTests
{
    [Fact]
    public void Of_RunsOfKnownStrength_PutsThemInOrderWithElo()
    {
        var report = LeagueReader.Of("p", [Run(1, 0, 0.75), Run(2, 1, 0.7)], 0, new Dictionary<string, long> { ["version1"] = 2 });

        Assert.Equal(["version2", "version1", "version0"], report.Standings.Select(line => line.Model));
        Assert.Equal(("version0", 1000.0), (report.Anchor, report.Standings[^1].Rating.Value));
        Assert.Equal([null, 2L, null], report.Standings.Select(line => line.Version));
        Assert.All(report.Standings.Take(2), line => Assert.True(line.Rating.Lower > 1000));
        Assert.Equal(3000, report.Standings.Sum(line => line.Elo!.Value), 0);
        Assert.Equal("version2", report.Standings.MaxBy(line => line.Elo)!.Model);
        Assert.StartsWith("3 versions in 400 comparisons of 2 runs", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AModelThatIsStrongInOneBehaviourAlone_ShowsThatInItsDimensions()
    {
        var report = LeagueReader.Of("p", [Run(1, 0, 0.6, polite: 0.9, right: 0.2)], 0, new Dictionary<string, long>());

        double Rating(string dimension) => report.Dimensions[dimension].Single(line => line.Model == "version1").Rating.Value;
        Assert.Equal(["overall", "polite", "right"], report.Dimensions.Keys.Order(StringComparer.Ordinal));
        Assert.True(Rating("polite") > 1000 && Rating("right") < 1000);
        Assert.Equal(1000 + ((Rating("polite") - 1000) + (Rating("right") - 1000)) / 2, Rating("overall"), 0);
    }

    [Fact]
    public void Of_VersionsThatNeverMet_SaysThatTheyCannotBeCompared()
    {
        Assert.Contains("different groups cannot be compared", LeagueReader.Of("p", [Run(1, 0, 0.6), Run(3, 2, 0.6)], 1, new Dictionary<string, long>()).Sentence, StringComparison.Ordinal);
        Assert.Contains("No two versions", LeagueReader.Of("p", [], 0, new Dictionary<string, long>()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Style_OfACandidateThatWinsByLengthAlone_LeavesNothingOfItAtEqualLength()
    {
        var random = new Random(4);
        var run = Run(1, 0, 0.5).Evidence;
        var wordy = run with
        {
            Items = [.. run.Items.Select(item =>
            {
                // The judge likes what is longer; the candidate mostly is.
                var longer = random.Next(-60, 160);
                var wins = random.NextDouble() < 1 / (1 + Math.Exp(-longer / 30.0)) ? 1.0 : 0;
                return item with { Candidate = item.Candidate with { Text = new string('a', 200 + longer) }, Champion = item.Champion with { Text = new string('b', 200) }, VersusChampion = new EvidenceComparison(wins, true, null) };
            })],
        };

        var report = StyleReader.Of(wordy)!;

        Assert.True(report.Raw.Lower > 0.6);
        Assert.InRange(0.5, report.LengthControlled.Lower, report.LengthControlled.Upper);
        Assert.InRange(0.5, report.StyleControlled.Lower, report.StyleControlled.Upper);
        Assert.True(report.Length.Upper < 0);
        Assert.True(report.Features["length"].Lower > 0);
        Assert.Contains("At equal length nothing proves the candidate better.", report.Sentence, StringComparison.Ordinal);
        Assert.Null(StyleReader.Of(run with { Items = [.. run.Items.Take(5)] }));
    }

    [Fact]
    public async Task Get_OverHttp_TellsOfThePipelinesRunsAndOfOneRunsStyle()
    {
        await using var server = await RunningServer.StartAsync();
        var evidence = await server.Services.GetRequiredService<IBlobStore>().PutTextAsync(AskedRun.Evidence(60).Write(), CancellationToken.None);
        await AskedRun.AddAsync(server.Services.GetRequiredService<IDatabase>(), "r-1", evidence);
        await AskedRun.AddAsync(server.Services.GetRequiredService<IDatabase>(), "r-2", new string('e', 64), startedAt: 1);

        var league = await server.Http.GetFromJsonAsync<JsonElement>("/v1/pipelines/assistant/league");
        Assert.Equal((1, 1, 60), (league.GetProperty("runs").GetInt32(), league.GetProperty("missing").GetInt32(), league.GetProperty("games").GetInt32()));
        Assert.Equal(AskedRun.Candidate.ShortName, league.GetProperty("standings")[0].GetProperty("model").GetString());
        Assert.Equal(60, (await server.Http.GetFromJsonAsync<JsonElement>("/v1/runs/r-1/style")).GetProperty("pairs").GetInt32());
        Assert.Equal(HttpStatusCode.Gone, (await server.Http.GetAsync("/v1/runs/r-2/style")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/v1/runs/r-3/style")).StatusCode);
    }

    /// <summary>A candidate that wins so many of 200 questions against one opponent, and shows two behaviours where that one shows each half the time.</summary>
    private static PlayedRun Run(int candidate, int champion, double wins, double polite = 0.5, double right = 0.5)
    {
        var random = new Random(candidate);
        var (one, other) = (new ModelRef("base0000", $"version{candidate}"), new ModelRef("base0000", $"version{champion}"));
        EvidenceAnswer Answer(double p, double r) => new("…", false, 1, true, new Dictionary<string, bool> { ["polite"] = random.NextDouble() < p, ["right"] = random.NextDouble() < r }, null);
        return new PlayedRun($"r-{candidate}", "", new EvidenceFile(
            new EvidenceHeader(1, $"r-{candidate}", "p", "d", one, other, other, 1, [new EvidenceSuite("s", SuiteRole.Preference, "d", 200, 1, 1, 1, 16, "judge", "j")]),
            [.. Enumerable.Range(0, 200).Select(i =>
            {
                var judged = new EvidenceComparison(random.NextDouble() < wins ? 1 : 0, true, null);
                return new EvidenceItem("s", $"i{i}", 0, "all", null, "?", Answer(polite, right), Answer(0.5, 0.5), null, judged, judged);
            })]));
    }
}
