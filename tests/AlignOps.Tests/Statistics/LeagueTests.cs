using AlignOps.Statistics.League;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class LeagueTests
{
    [Fact]
    public void LeagueTable_GoldenGames_HasScikitLearnsStrengths()
    {
        var golden = StatisticsGolden.Section("league");
        var table = LeagueTable.Of(Games(), draws: 200, seed: 1, anchor: "v1");
        var strengths = golden.Numbers("strengths");
        foreach (var standing in table)
        {
            StatisticsGolden.Close(strengths[standing.Name[1] - '1'], standing.Strength.Value, 1e-4);
            Assert.Equal(1000 + 400 / Math.Log(10) * standing.Strength.Value, standing.Rating.Value, 6);
            Assert.InRange(standing.Strength.Value, standing.Strength.Lower, standing.Strength.Upper);
        }

        Assert.Equal("v4", table[0].Name);
        Assert.Equal(0, table.Single(standing => standing.Name == "v1").Strength.StandardError, 9);
        Assert.Equal(table, LeagueTable.Of(Games(), draws: 200, seed: 1, anchor: "v1"));
    }

    [Fact]
    public void Elo_GoldenGames_HasTheRatingsOfThePlainLoop()
    {
        var elo = new Elo();
        foreach (var game in Games()) elo.Play(game.First, game.Second, game.Outcome);
        Assert.All(StatisticsGolden.Section("league").Numbers("elo").Select((rating, i) => (rating, i)), pair => StatisticsGolden.Close(pair.rating, elo[$"v{pair.i + 1}"]));
        Assert.Equal(4000, elo.Ratings.Values.Sum(), 6);
    }

    [Fact]
    public void LeagueTable_TwoVersions_SaysWhatTheWinRateSays()
    {
        List<Game> games = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? new Game("a", "b", i < 30 ? 1 : 0, i) : new Game("b", "a", i < 30 ? 0 : 0.5, i))];
        var rate = games.Average(game => game.First == "a" ? game.Outcome : 1 - game.Outcome);
        Assert.Equal(Math.Log(rate / (1 - rate)), LeagueTable.Of(games, 50, 1, anchor: "b")[0].Strength.Value, 3);
    }

    [Fact]
    public void LeagueTable_PlantedStrengths_AreCoveredAsOftenAsTheIntervalSays()
    {
        var covered = 0;
        for (var run = 0; run < 60; run++)
        {
            var random = new Random(run);
            double[] truth = [0, 0.5, 1];
            List<Game> games = [.. Enumerable.Range(0, 240).Select(item =>
            {
                var a = random.Next(3);
                var b = (a + 1 + random.Next(2)) % 3;
                return new Game($"v{a}", $"v{b}", random.NextDouble() < 1 / (1 + Math.Exp(truth[b] - truth[a])) ? 1 : 0, item);
            })];
            covered += LeagueTable.Of(games, 200, run, anchor: "v0").Single(standing => standing.Name == "v2").Strength.Interval.Contains(1) ? 1 : 0;
        }

        Assert.InRange(covered, 50, 60);
    }

    [Fact]
    public void LeagueTable_VersionsThatNeverMet_AreInGroupsOfTheirOwn_AndOneThatOnlyWonStaysFinite()
    {
        List<Game> games = [new("a", "b", 1, 0), new("a", "b", 1, 1), new("c", "d", 0.5, 2)];
        var table = LeagueTable.Of(games, 30, 1);
        int Group(string name) => table.Single(standing => standing.Name == name).Group;
        Assert.Equal(Group("a"), Group("b"));
        Assert.Equal(Group("c"), Group("d"));
        Assert.NotEqual(Group("a"), Group("c"));
        Assert.All(table, standing => Assert.InRange(standing.Strength.Value, -20, 20));
        Assert.Empty(LeagueTable.Of([], 10, 1));
    }

    [Fact]
    public void OfDimensions_AVersionStrongByToneAlone_ShowsAsThat()
    {
        var random = new Random(2);
        List<Game> Play(double edge) => [.. Enumerable.Range(0, 200).Select(i => new Game("polite", "right", random.NextDouble() < edge ? 1 : 0, i))];
        var table = LeagueTable.OfDimensions(new Dictionary<string, IReadOnlyList<Game>> { ["accuracy"] = Play(0.2), ["tone"] = Play(0.9), ["language"] = Play(0.5) }, 200, 3);
        Assert.Equal("polite", table["tone"][0].Name);
        Assert.Equal("right", table["accuracy"][0].Name);
        var overall = table["overall"].Single(standing => standing.Name == "polite").Strength.Value;
        Assert.Equal(new[] { "accuracy", "tone", "language" }.Average(d => table[d].Single(standing => standing.Name == "polite").Strength.Value), overall, 9);
    }

    private static List<Game> Games() =>
        [.. StatisticsGolden.Section("league").Rows("games").Select(row => new Game($"v{row[0] + 1}", $"v{row[1] + 1}", row[2], (int)row[3]))];
}
