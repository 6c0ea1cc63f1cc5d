using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Promotion.Gates;
using AlignOps.Statistics.Slices;

namespace AlignOps.Tests.Promotion;

public sealed class GateTests
{
    private static readonly GateSection Section = new();

    private static readonly Dictionary<string, string[]> Slices = new()
    {
        ["grounded"] = ["polite", "grounded"],
        ["format"] = ["grounded", "format"],
        ["unknown"] = ["polite", "honest"],
        ["harmful"] = ["polite", "declined"],
    };

    private static double Rate(string model, double candidate, double champion) => model == "candidate" ? candidate : champion;

    [Fact]
    public void Decide_AClearlyBetterCandidate_IsPromotedWithEveryRuleOnRecord()
    {
        var file = new EvidenceBuilder(1).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.55)).Regression(120, 0.973, 0.981).Build();

        var record = Gate.Decide(Section with { RegressionMargin = 0.1 }, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Promote, "better"), (record.Decision, record.Code));
        Assert.All(record.Rules, rule => Assert.Equal(RuleVerdict.Pass, rule.Verdict));
        Assert.Equal(240, record.Items);
        Assert.InRange(record.Lower, 0.5, record.WinRate);
        Assert.StartsWith("Promoted: win rate against the champion is 0.", record.Reason, StringComparison.Ordinal);
        Assert.Contains("of n = 240", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WhatAJudgeReports_IsOnRecordAndMovesNothing()
    {
        var file = new EvidenceBuilder(1).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.55)).Regression(120, 0.973, 0.981).Build();
        var damning = new JudgeReport("house", "digest", "m", null, 240, 240, 0, 0, 0.01, 0, 0, new Dictionary<string, int>(), new Dictionary<string, int>(), 1, 0, "The candidate is far worse.");

        var without = Gate.Decide(Section, file, EvidenceBuilder.Context());
        var with = Gate.Decide(Section, file with { Header = file.Header with { Reports = [damning] } }, EvidenceBuilder.Context());

        Assert.Equal("The candidate is far worse.", Assert.Single(with.Reports!).Sentence);
        Assert.Equal(GateJson.Write(without), GateJson.Write(with with { Reports = null }));
    }

    [Theory]
    [InlineData("not-examined", GateDecision.Inconclusive, "judge-not-examined", 0)]
    [InlineData("failed", GateDecision.Inconclusive, "judge-failed", 0)]
    [InlineData("drifted", GateDecision.Inconclusive, "judge-drifted", 0)]
    [InlineData("drift-unmeasured", GateDecision.Inconclusive, "judge-drift-unmeasured", 0)]
    [InlineData("qualified", GateDecision.Promote, "better", 240)]
    public void Decide_AJudgeThatIsToDecide_PromotesOnlyWhileItsCertificateHolds(string standing, GateDecision decision, string code, int items)
    {
        var file = new EvidenceBuilder(1).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.55)).Regression(120, 0.973, 0.981).Build();
        var judge = new EvidenceJudge("house", "digest", Decides: true, ["behaviour"], standing, "x-1", "labels", "Judge house stands so.");

        var record = Gate.Decide(Section with { RegressionMargin = 0.1 }, file with { Header = file.Header with { Judges = [judge] } }, EvidenceBuilder.Context());

        Assert.Equal((decision, code, items), (record.Decision, record.Code, record.Items));
        Assert.Equal("Judge house stands so.", record.Rules.Single(rule => rule.Name == $"judge-{standing}").Sentence);
        Assert.Equal(standing, Assert.Single(record.Standings!).Standing);
    }

    [Fact]
    public void Decide_AReportOnlyJudge_RejectsNobody_WhileTheVerifierStillDoes()
    {
        var judge = new EvidenceJudge("house", "digest", Decides: true, ["behaviour"], "failed", "x-1", "labels", "Judge house stands so.");
        GateRecord Of(EvidenceFile file) => Gate.Decide(Section with { RegressionMargin = 0.1 }, file with { Header = file.Header with { Judges = [judge] } }, EvidenceBuilder.Context());

        // Losing by its verdicts alone: checks are alike.
        var lost = new EvidenceBuilder(3).Preference(60, Slices, (_, _) => 0.8).Regression(120, 0.97, 0.98).Build();
        var losing = lost with { Items = [.. lost.Items.Select(item => item.VersusChampion is null ? item : item with { VersusChampion = new EvidenceComparison(0, true, null), VersusAnchor = new EvidenceComparison(0, true, null) })] };
        Assert.Equal((GateDecision.Inconclusive, "judge-failed"), (Of(losing).Decision, Of(losing).Code));

        var worse = new EvidenceBuilder(2).Preference(60, Slices, (model, behaviour) => Rate(model, behaviour == "polite" ? 0.02 : 0.1, 0.95)).Regression(120, 0.97, 0.98).Build();
        Assert.Equal((GateDecision.Reject, "slices"), (Of(worse).Decision, Of(worse).Code));
    }

    [Fact]
    public void Decide_ABadCandidate_IsRejectedNamingRuleFigureBoundSliceAndBatches()
    {
        var file = new EvidenceBuilder(2).Preference(60, Slices, (model, behaviour) => Rate(model, behaviour == "polite" ? 0.02 : 0.1, 0.95)).Regression(120, 0.97, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Reject, "harm"), (record.Decision, record.Code));
        Assert.Matches(@"^Rejected by rule harm: win rate against the champion is 0(\.\d+)?, proven below 0\.5 after [12]\d of n = 240; worst: \w+ \w+ at -[01](\.\d+)?; batches: b-1, b-2\.$", record.Reason);
        Assert.Contains(record.Slices, slice => slice is { Label: "behaviour polite", Verdict: RuleVerdict.Fail });
    }

    [Fact]
    public void Decide_JudgedByItsOwnFeedbackAlone_SaysSo()
    {
        var file = new EvidenceBuilder(1).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.55)).Regression(120, 0.973, 0.981).Build();
        file = file with { Header = file.Header with { Suites = [.. file.Header.Suites.Select(suite => suite.Role == SuiteRole.Preference ? suite with { Judge = EvidenceSuite.HeldOutFeedback } : suite)] } };

        var record = Gate.Decide(Section with { RegressionMargin = 0.1 }, file, EvidenceBuilder.Context());

        Assert.StartsWith("Promoted: share of held-out pairs won against the champion is 0.", record.Reason, StringComparison.Ordinal);
        Assert.Contains("not whether it was good", record.Rules[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_EveryOtherRulePasses_AsksPeopleOnlyThen()
    {
        var section = Section with { RegressionMargin = 0.1, Approval = "2 of ops", ApprovalDays = 1.5 };
        var good = new EvidenceBuilder(1).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.55)).Regression(120, 0.973, 0.981).Build();
        var equal = new EvidenceBuilder(3).Preference(60, Slices, (_, _) => 0.9).Regression(120, 0.98, 0.98).Build();

        var asked = Gate.Decide(section, good, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.AwaitingApproval, "approval"), (asked.Decision, asked.Code));
        Assert.StartsWith("Awaiting approval: 2 approvals of ops are needed within 1.5 days", asked.Reason, StringComparison.Ordinal);
        Assert.Equal(RuleVerdict.Undecided, asked.Rules[^1].Verdict);
        Assert.Equal(GateDecision.Inconclusive, Gate.Decide(section, equal, EvidenceBuilder.Context()).Decision);
    }

    [Fact]
    public void Decide_EqualModels_IsInconclusive()
    {
        var file = new EvidenceBuilder(3).Preference(60, Slices, (_, _) => 0.9).Regression(120, 0.98, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "superiority"), (record.Decision, record.Code));
        Assert.Contains("not proven above 0.5 with n = 240", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_RudenessHiddenInAnOverallWin_IsRejectedByTheBehaviour()
    {
        // Everything but tone becomes much better: the win rate is above 1/2 while politeness falls from 0.95 to 0.5.
        var file = new EvidenceBuilder(4)
            .Preference(60, Slices, (model, behaviour) => behaviour == "polite" ? Rate(model, 0.5, 0.95) : Rate(model, 0.98, 0.3))
            .Regression(120, 0.98, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.True(record.WinRate > 0.55 && record.Rules.Single(rule => rule.Name == "superiority").Verdict == RuleVerdict.Pass);
        Assert.Equal((GateDecision.Reject, "slices"), (record.Decision, record.Code));
        Assert.Equal("behaviour polite", record.WorstSlice);
        Assert.Contains("advantage in behaviour polite is -0.", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ATinySliceThatLooksBad_IsInconclusiveAndNamed()
    {
        var file = new EvidenceBuilder(5)
            .Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5))
            .Preference(8, new Dictionary<string, string[]> { ["rare"] = ["tone"] }, (model, _) => Rate(model, 0.0, 1.0), name: "rare")
            .Regression(120, 0.99, 0.99).Build();

        var record = Gate.Decide(Section with { RegressionMargin = 0.1 }, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "slices-tested"), (record.Decision, record.Code));
        Assert.Contains("too small to tell: slice rare with n = 8; the gate decides from 20 on", record.Reason, StringComparison.Ordinal);
        Assert.Contains(record.Slices, slice => slice is { Label: "slice rare", N: 8, Advantage: -1, Verdict: RuleVerdict.Undecided });
        Assert.NotEqual("slice rare", record.WorstSlice);
    }

    [Fact]
    public void Decide_LostAbilities_RejectsHoweverMuchIsWon()
    {
        var file = new EvidenceBuilder(6).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5)).Regression(120, 0.6, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Reject, "regression-alarm"), (record.Decision, record.Code));
        Assert.Contains("proven below -0.05", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_BetterThanTheChampionButWornAwayFromTheAnchor_IsRejectedAsErosion()
    {
        var file = new EvidenceBuilder(7)
            .Preference(60, Slices, (model, _) => model switch { "candidate" => 0.6, "champion" => 0.3, _ => 0.98 })
            .Regression(120, 0.98, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Reject, "erosion"), (record.Decision, record.Code));
        Assert.Contains("win rate against the anchor", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ManyUnscored_IsInconclusive()
    {
        var file = new EvidenceBuilder(8).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5), unscored: 0.2).Regression(120, 0.99, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "unscored"), (record.Decision, record.Code));
        Assert.InRange(record.Unscored, 20, 80);
    }

    [Fact]
    public void Decide_UnscoredThatCouldUndoTheProof_IsInconclusive()
    {
        var file = new EvidenceBuilder(9).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.72), unscored: 0.45).Regression(120, 0.99, 0.98).Build();

        var record = Gate.Decide(Section with { MaxUnscored = 0.6, RegressionMargin = 0.1 }, file, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "worst-case"), (record.Decision, record.Code));
    }

    [Fact]
    public void Decide_NoEvidence_IsInconclusive()
    {
        var record = Gate.Decide(Section, null, EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "evidence", 0), (record.Decision, record.Code, record.Items));
        Assert.Contains("is not to be had", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_EvidenceThatIsNotWholeOrNotOfTheseModels_IsInconclusive()
    {
        var file = new EvidenceBuilder(10).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5)).Regression(120, 0.99, 0.98).Build();
        EvidenceFile[] broken =
        [
            file with { Items = [.. file.Items.Skip(1)] },
            file with { Items = [.. file.Items, file.Items[0]] },
            file with { Items = [.. file.Items.Where(item => item.Suite != "abilities")] },
            file with { Items = [.. file.Items.Skip(1), file.Items[0] with { Suite = "other" }] },
            file with { Items = [.. file.Items.Skip(1), file.Items[0] with { VersusChampion = null }] },
            file with { Header = file.Header with { Champion = EvidenceBuilder.Anchor } },
            file with { Header = file.Header with { RunId = "r-2" } },
            file with { Header = file.Header with { Suites = [.. file.Header.Suites.Where(suite => suite.Role == SuiteRole.Regression)] } },
        ];

        Assert.All(broken, evidence => Assert.Equal((GateDecision.Inconclusive, "evidence"), Answer(Gate.Decide(Section, evidence, EvidenceBuilder.Context()))));
    }

    [Fact]
    public void Decide_TooFewItems_IsInconclusiveInEitherDirection()
    {
        foreach (var candidate in (double[])[1, 0])
        {
            var file = new EvidenceBuilder(11).Preference(4, Slices, (model, _) => Rate(model, candidate, 1 - candidate)).Regression(120, 0.99, 0.98).Build();
            Assert.Equal((GateDecision.Inconclusive, "superiority"), Answer(Gate.Decide(Section, file, EvidenceBuilder.Context())));
        }
    }

    [Fact]
    public void Decide_ItemsOfOneCluster_CountAsOne()
    {
        var file = new EvidenceBuilder(12).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5), itemsPerCluster: 6).Regression(120, 0.99, 0.98).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        Assert.Equal((40, 240), (record.Items, record.Comparisons));
    }

    [Fact]
    public void Decide_NoRegressionSuite_BlocksUnlessThePolicyDoesWithout()
    {
        var file = new EvidenceBuilder(13).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5)).Build();

        Assert.Equal((GateDecision.Inconclusive, "regression"), Answer(Gate.Decide(Section, file, EvidenceBuilder.Context())));
        Assert.Equal((GateDecision.Promote, "better"), Answer(Gate.Decide(Section with { RequireRegression = false }, file, EvidenceBuilder.Context())));
    }

    [Fact]
    public void Decide_ChampionMoved_DoesNotPromote_OnHold_SaysThatItWaits()
    {
        var file = new EvidenceBuilder(14).Preference(60, Slices, (model, _) => Rate(model, 0.95, 0.5)).Regression(200, 0.99, 0.98).Build();

        var moved = Gate.Decide(Section, file, EvidenceBuilder.Context(current: EvidenceBuilder.Anchor));
        var held = Gate.Decide(Section, file, EvidenceBuilder.Context(hold: "promotions are on hold since mia rolled back: rude answers"));

        Assert.Equal((GateDecision.Inconclusive, "champion-moved"), Answer(moved));
        Assert.Equal((GateDecision.Promote, "better"), Answer(held));
        Assert.Contains("It waits, for promotions are on hold since mia rolled back", held.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_TheSameEvidenceTwice_GivesTheSameBytesThatReadBack()
    {
        string Write() => GateJson.Write(Gate.Decide(
            Section, EvidenceFile.Read(new EvidenceBuilder(15).Preference(60, Slices, (model, _) => Rate(model, 0.9, 0.6)).Regression(120, 0.99, 0.98).Build().Write()), EvidenceBuilder.Context()));

        var text = Write();
        Assert.Equal(text, Write());
        Assert.Equal(text, GateJson.Write(GateJson.Read(text)));
        Assert.DoesNotContain("-0,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_NotYetProven_SaysHowManyMoreItWouldTake()
    {
        var near = new EvidenceBuilder(16).Preference(20, Slices, (model, _) => Rate(model, 0.75, 0.62)).Regression(120, 0.99, 0.98).Build();
        var equal = new EvidenceBuilder(3).Preference(60, Slices, (_, _) => 0.9).Regression(120, 0.98, 0.98).Build();

        var record = Gate.Decide(Section, near, EvidenceBuilder.Context());
        var rule = record.Rules.Single(rule => rule.Name == "superiority");
        Assert.Equal((GateDecision.Inconclusive, "superiority"), Answer(record));
        Assert.InRange(rule.More!.Value, 20, 2000);
        Assert.Contains($"About {rule.More} more like these would prove it", record.Reason, StringComparison.Ordinal);

        // Whatever an equal candidate happened to win is no promise; one that lost more than it won gets none at all.
        var even = Gate.Decide(Section, equal, EvidenceBuilder.Context());
        if (even.WinRate <= 0.5) Assert.Contains("More like these would not prove it", even.Reason, StringComparison.Ordinal);
        else Assert.True(even.Rules.Single(r => r.Name == "superiority").More > 240);
    }

    [Fact]
    public void Decide_Slices_StandWhereTheEvidencePutsThem_WithIntervals()
    {
        var file = new EvidenceBuilder(17)
            .Preference(120, Slices, (model, behaviour) => behaviour == "honest" ? Rate(model, 0.1, 0.98) : Rate(model, 0.97, 0.9))
            .Preference(8, new Dictionary<string, string[]> { ["rare"] = ["tone"] }, (model, _) => Rate(model, 0.0, 1.0), name: "rare")
            .Regression(120, 0.99, 0.99).Build();

        var record = Gate.Decide(Section, file, EvidenceBuilder.Context());

        SliceResult Of(string label) => record.Slices.Single(slice => slice.Label == label);
        Assert.Equal(SliceStanding.Worse, Of("slice unknown").Standing);
        Assert.Equal(SliceStanding.NotWorse, Of("slice grounded").Standing);
        Assert.Equal(SliceStanding.Inconclusive, Of("slice rare").Standing);
        Assert.All(record.Slices, slice => Assert.InRange(slice.Advantage, slice.Lower!.Value, slice.Upper!.Value));
        Assert.InRange(record.WinRate, record.Resampled!.Lower, record.Resampled.Upper);

        // The same draws for any number of threads, and none where none are asked for.
        var none = Gate.Decide(Section with { BootstrapDraws = 0 }, file, EvidenceBuilder.Context());
        Assert.Null(none.Resampled);
        Assert.Equal(record.Slices.Select(slice => slice with { Lower = null, Upper = null }), none.Slices);
    }

    [Fact]
    public void Decide_WithAnErrorBudget_AsksMoreOfALateRun_AndLessAfterPromotions()
    {
        var file = new EvidenceBuilder(18).Preference(30, Slices, (model, _) => Rate(model, 0.85, 0.6)).Regression(200, 0.99, 0.98).Build();
        var section = Section with { ErrorBudget = 0.05, RegressionMargin = 0.1 };
        GateRecord After(int decisions, int promotions) => Gate.Decide(section, file, EvidenceBuilder.Context() with { Decisions = decisions, Promotions = promotions });
        double Bound(GateRecord record) => record.Rules.Single(rule => rule.Name == "superiority").LogEvidenceBound!.Value;

        // The first run at alpha itself, the 53rd at 0.05/(53 · 54) unless others have earned it more.
        Assert.Equal(Math.Log(100), Bound(After(0, 0)), 5);
        Assert.Equal(Math.Log(53 * 54 / 0.05), Bound(After(52, 0)), 5);
        Assert.Equal(Math.Log(53 * 54 / 0.05 / 27), Bound(After(52, 26)), 5);
        Assert.Equal(new SpentBudget(52, 26, 0.000472), After(52, 26).Budget);
        Assert.Equal(GateDecision.Promote, After(0, 0).Decision);
        Assert.Null(Gate.Decide(Section, file, EvidenceBuilder.Context()).Budget);

        // A later run's bound of the win rate speaks at its own level.
        Assert.True(After(5000, 0).Lower < After(0, 0).Lower);
        Assert.Equal(After(5000, 0).Lower >= 0.5, After(5000, 0).Rules.Single(rule => rule.Name == "superiority").Verdict == RuleVerdict.Pass);
    }

    private static (GateDecision, string) Answer(GateRecord record) => (record.Decision, record.Code);
}
