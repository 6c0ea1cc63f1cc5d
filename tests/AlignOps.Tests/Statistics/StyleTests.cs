using AlignOps.Statistics.League;
using AlignOps.Statistics.Style;
using AlignOps.Tests.Statistics.Golden;

namespace AlignOps.Tests.Statistics;

public sealed class StyleTests
{
    [Fact]
    public void LengthControl_GoldenOutcomes_HasTheCoefficientsOfStatsmodels()
    {
        var golden = StatisticsGolden.Section("length");
        var found = LengthControl.Of(new LengthCompared("m", golden.Numbers("outcomes"), golden.Numbers("delta"), [.. Enumerable.Range(0, 150)]), draws: 200, seed: 1);
        StatisticsGolden.Close(golden.Number("strength"), found.Strength.Value, 1e-6);
        StatisticsGolden.Close(golden.Number("length"), found.Length.Value, 1e-6);
        StatisticsGolden.Close(golden.Number("controlled"), found.Controlled.Value, 1e-6);
        Assert.Equal(golden.Numbers("outcomes").Average(), found.Raw.Value, 12);
        Assert.True(found.Controlled.Interval.Contains(found.Controlled.Value));
    }

    [Fact]
    public void LengthControl_AJudgeThatPaysForLengthAlone_LeavesNothing()
    {
        // Twins that differ in length alone: the wordy one wins, the terse one loses, and neither is better.
        var random = new Random(3);
        LengthCompared Twin(string name, double longer)
        {
            var deltas = Enumerable.Range(0, 600).Select(_ => 400 * (random.NextDouble() + random.NextDouble() - 1) - longer).ToList();
            return new LengthCompared(name, [.. deltas.Select(d => random.NextDouble() < 1 / (1 + Math.Exp(2 * Math.Tanh(d / 250))) ? 1.0 : 0)], deltas, [.. Enumerable.Range(0, 600)]);
        }

        var found = LengthControl.Pooled([Twin("wordy", 150), Twin("terse", -150)], draws: 100, seed: 1);
        Assert.True(found[0].Raw.Value > 0.6 && found[1].Raw.Value < 0.4);
        Assert.All(found, model => Assert.InRange(model.Controlled.Value, 0.45, 0.55));
        Assert.All(found, model => Assert.True(model.Controlled.Interval.Contains(0.5)));
        Assert.True(found[0].Length.Upper < 0);
    }

    [Fact]
    public void StyleControl_GoldenGames_HasScikitLearnsCoefficients()
    {
        var golden = StatisticsGolden.Section("league");
        var style = golden.Rows("style");
        List<StyledGame> games = [.. golden.Rows("games").Select((row, i) => new StyledGame(new Game($"v{row[0] + 1}", $"v{row[1] + 1}", row[2], (int)row[3]), style[i]))];
        var found = StyleControl.Of(games, ["x", "y"], "v1", draws: 100, seed: 1);
        var expected = golden.Numbers("styled");
        double[] actual = [found.Strengths["v2"].Value, found.Strengths["v3"].Value, found.Strengths["v4"].Value, found.Coefficients["x"].Value, found.Coefficients["y"].Value];
        foreach (var (e, a) in expected.Zip(actual)) StatisticsGolden.Close(e, a, 1e-4);
        Assert.Equal(0, found.Strengths["v1"].Value);
    }

    [Fact]
    public void StyleControl_AVersionThatWinsByListsAlone_LosesItsLead()
    {
        var random = new Random(5);
        List<StyledGame> games = [.. Enumerable.Range(0, 800).Select(i =>
        {
            var lists = random.NextDouble() < 0.6 ? 1.0 : 0;
            return new StyledGame(new Game("lister", "plain", random.NextDouble() < (lists == 1 ? 0.8 : 0.5) ? 1 : 0, i), [lists]);
        })];
        var raw = StyleControl.Of([.. games.Select(game => game with { Style = [] })], [], "plain", 100, 1);
        var controlled = StyleControl.Of(games, ["lists"], "plain", 100, 1);
        Assert.True(raw.Strengths["lister"].Lower > 0.4);
        Assert.True(controlled.Strengths["lister"].Interval.Contains(0));
        Assert.True(controlled.Coefficients["lists"].Lower > 0.3);
    }

    [Fact]
    public void TextStyle_OfMarkdown_CountsWhatIsOutsideOfCode()
    {
        var text = "# Title\n\n- one\n- **two**\n1. three\n\n```\n# no header\n- no item\n```\nSome __bold__ text, 2 * 3 * 4.\n## More";
        var style = TextStyle.Of(text);
        Assert.Equal((text.Length, 2, 3, 2), (style.Length, style.Headers, style.Lists, style.Bold));
        Assert.Equal(new TextStyle(0, 0, 0, 0), TextStyle.Of(""));
        Assert.Equal([0, 0, 0, 0], TextStyle.Compare(style, style));
        var compared = TextStyle.Compare(style, TextStyle.Of("plain"));
        Assert.Equal(TextStyle.Features.Count, compared.Length);
        Assert.True(compared[0] > 0.9 && compared[1] == 1 && compared[2] == 1);
        Assert.Equal(compared.Select(x => -x), TextStyle.Compare(TextStyle.Of("plain"), style));
    }
}
