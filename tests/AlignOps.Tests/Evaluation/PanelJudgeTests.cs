using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;
using AlignOps.Rewards;
using AlignOps.Tests.Evaluation.Llm.Protocols;

namespace AlignOps.Tests.Evaluation;

public sealed class PanelJudgeTests
{
    [Theory]
    [InlineData(JudgePanelRule.Majority, "1 1 0", 1.0, null)]
    [InlineData(JudgePanelRule.Majority, "1 0 0.5", 0.5, null)]
    [InlineData(JudgePanelRule.Majority, "1 0.6 0", 1.0, null)]
    [InlineData(JudgePanelRule.Majority, "1 1 -", 1.0, null)]
    [InlineData(JudgePanelRule.Majority, "1 0 -", 0.5, null)]
    [InlineData(JudgePanelRule.Majority, "1 1 - -", null, "silent")]
    [InlineData(JudgePanelRule.Majority, "1 1 - ?", null, "too-few-members")]
    [InlineData(JudgePanelRule.Mean, "1 0.5 0.6", 0.7, null)]
    [InlineData(JudgePanelRule.Mean, "1 0.5 -", 0.75, null)]
    [InlineData(JudgePanelRule.Mean, "1 - -", null, "silent")]
    [InlineData(JudgePanelRule.Unanimity, "1 0.9 0.7", 1.0, null)]
    [InlineData(JudgePanelRule.Unanimity, "0.5 0.5", 0.5, null)]
    [InlineData(JudgePanelRule.Unanimity, "1 1 0.5", 0.5, null)]
    [InlineData(JudgePanelRule.Unanimity, "1 1 -", null, "silent")]
    [InlineData(JudgePanelRule.Unanimity, "1 ? -", null, "member-unscored")]
    public void Join_AVerdictEach_FollowsTheRule(JudgePanelRule rule, string said, double? share, string? reason)
    {
        var verdict = PanelJudge.Join(rule, [.. said.Split(' ').Select(Verdict)]);
        Assert.Equal(share, verdict.Share is { } value ? Math.Round(value, 12) : null);
        Assert.Equal(reason, verdict.UnscoredReason);
    }

    [Fact]
    public async Task CompareAsync_EveryMember_IsPartOfTheVerdictAndOfTheIdentity()
    {
        IJudge[] members = [new Fixed("a", 1), new Fixed("b", 0.25)];
        var verdict = await new PanelJudge("panel", JudgePanelRule.Mean, members).CompareAsync(AskedJudge.Item, "x", "y", CancellationToken.None);
        Assert.Equal(0.625, verdict.Share);
        Assert.Equal([new VerdictPart("a", 1), new VerdictPart("b", 0.25)], verdict.Parts);

        string Digest(JudgePanelRule rule, params IJudge[] judges) => new PanelJudge("p", rule, judges).Digest;
        Assert.Equal(Digest(JudgePanelRule.Mean, members), Digest(JudgePanelRule.Mean, members[1], members[0]));
        Assert.Equal(4, new[] { Digest(JudgePanelRule.Mean, members), Digest(JudgePanelRule.Majority, members), Digest(JudgePanelRule.Unanimity, members), Digest(JudgePanelRule.Mean, members[0], new Fixed("c", 1)) }.Distinct().Count());
    }

    [Fact]
    public async Task RewardModel_TheHigherReward_WinsAndWhatIsNotRatedIsUnscored()
    {
        using var reward = new Lengths();
        var judge = new RewardModelJudge("rm", reward, 2);
        Assert.Equal((0.0, true), (await BothOrders.CompareAsync(judge, AskedJudge.Item, "x", "longer", CancellationToken.None)) is var comparison ? (comparison.Outcome, comparison.Consistent) : default);
        Assert.Equal(Preference.Tie, (await judge.CompareAsync(AskedJudge.Item, "xx", "yyyy", CancellationToken.None)).Preferred);
        Assert.Equal("not-rated", (await judge.CompareAsync(AskedJudge.Item, "", "y", CancellationToken.None)).UnscoredReason);
        Assert.Equal("not-rated", (await judge.CompareAsync(AskedJudge.Item, "x", "NaN", CancellationToken.None)).UnscoredReason);
        Assert.NotEqual(judge.Digest, new RewardModelJudge("rm", reward, 1).Digest);
    }

    [Fact]
    public void PairedOutcome_SwappedOrders_GiveTheOtherSidesOutcome()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var (ahead, behind) = (Drawn(random), Drawn(random));
            var (ours, theirs) = (PairedOutcome.Join(ahead, behind), PairedOutcome.Join(behind, ahead));
            Assert.Equal(ahead.Share is null || behind.Share is null, ours.Outcome is null);
            Assert.Equal(ours.Outcome is null, ours.UnscoredReason is not null);
            if (ours.Outcome is not { } outcome) continue;

            Assert.InRange(outcome, 0, 1);
            Assert.Equal(1, outcome + theirs.Outcome!.Value, 12);
            Assert.Equal(ours.Consistent, theirs.Consistent);
            if (ours.Consistent && ahead.Scores is null) Assert.Equal(Math.Sign(Math.Round(ahead.Share!.Value - 0.5, 9)), Math.Sign(Math.Round(outcome - 0.5, 9)));
        }
    }

    private static JudgeVerdict Drawn(Random random) => random.Next(6) switch
    {
        0 => JudgeVerdict.Unscored("silent"),
        1 => JudgeVerdict.Of((Preference)random.Next(3)),
        2 => JudgeVerdict.Of(random.NextDouble()),
        _ => JudgeVerdict.Of(new ScoredPair(random.Next(1, 11), random.Next(1, 11), random.Next(2))),
    };

    private static JudgeVerdict Verdict(string said) => said switch
    {
        "-" => JudgeVerdict.Unscored("silent"),
        "?" => JudgeVerdict.Unscored("no-verdict"),
        _ => JudgeVerdict.Of(double.Parse(said, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private sealed class Fixed(string name, double share) : IJudge
    {
        public string Name => name;

        public string Digest => name;

        public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) => Task.FromResult(JudgeVerdict.Of(share));
    }

    /// <summary>Rewards length; rates neither nothing nor NaN.</summary>
    private sealed class Lengths : IReward
    {
        public string Name => "lengths";

        public string Digest => "lengths";

        public IReadOnlyList<double?> Rate(IReadOnlyList<RatedAnswer> answers) => [.. answers.Select(answer => answer.Answer switch { "" => (double?)null, "NaN" => double.NaN, _ => answer.Answer.Length })];

        public void Dispose()
        {
        }
    }
}
