using AlignOps.Contracts.Evidence;
using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Evaluation.Regression;
using AlignOps.Evaluation.Regression.Trials;
using AlignOps.Tests.Promotion;

namespace AlignOps.Tests.Evaluation.Regression;

public sealed class RegressionCheckTests
{
    private static readonly Dictionary<string, string[]> Slices = new() { ["facts"] = ["true"], ["manners"] = ["polite"], ["tiny"] = ["brief"] };

    [Fact]
    public void Of_OneSliceWorse_NamesItItsBehaviourAndNoOther()
    {
        var parts = RegressionCheck.Of(Evidence(1, polite: 0.4));

        Assert.Equal(
            [("champion", "slice", "manners"), ("champion", "behaviour", "polite"), ("anchor", "slice", "manners"), ("anchor", "behaviour", "polite")],
            parts.Where(part => part.Regressed && part.Kind != ComparedPart.OfSuite).Select(part => (part.Opponent, part.Kind, part.Name)));
        Assert.All(parts.Where(part => part.Name == "manners"), part => Assert.InRange(part.Advantage, -0.7, -0.3));
    }

    [Fact]
    public void Of_ARegressionSuiteThatFell_NamesItAgainstTheChampion()
    {
        var evidence = new EvidenceBuilder(3).Preference(40, Slices, (_, _) => 0.9).Regression(100, candidate: 0.6, champion: 0.95).Build();
        Assert.Equal(
            [("champion", "suite", "abilities"), ("champion", "slice", "facts"), ("champion", "behaviour", "able")],
            RegressionCheck.Of(evidence).Where(part => part.Regressed).Select(part => (part.Opponent, part.Kind, part.Name)));
    }

    [Fact]
    public void Of_EqualModels_FindsSomethingInFewSeeds()
    {
        var found = Enumerable.Range(0, 60).Count(seed => RegressionCheck.Of(Evidence(seed, polite: 0.9)).Any(part => part.Regressed));
        Assert.InRange(found, 0, 7);
    }

    [Fact]
    public void Examples_OfLargeAndSmallSlices_TakeTurns()
    {
        var failing = Enumerable.Range(0, 100).Select(i => Answer(i, i < 95 ? "large" : "small")).ToList();
        var examples = FailingAnswers.Examples(failing, 20);
        Assert.Equal((20, 5), (examples.Count, examples.Count(answer => answer.Slice == "small")));
    }

    [Fact]
    public void FailingAnswers_OfTheEvidence_AreTheCandidatesLossesInWhatRegressed()
    {
        var evidence = Evidence(1, polite: 0.4);
        var failing = FailingAnswers.Of(evidence, [.. RegressionCheck.Of(evidence).Where(part => part is { Regressed: true, Kind: "slice" })]);

        Assert.Equal(evidence.Items.Where(item => item.Slice == "manners" && item.VersusChampion!.Outcome < 0.5).Select(item => item.Id), failing.Select(answer => answer.Id));
        Assert.All(failing, answer => Assert.Equal(["polite"], answer.LostChecks));
        Assert.Empty(FailingAnswers.Of(evidence, []));
    }

    [Theory]
    [InlineData(0.9, TrialVerdict.Confirmed)]
    [InlineData(0.65, TrialVerdict.InPart)]
    [InlineData(0.3, TrialVerdict.NotConfirmed)]
    public void Trial_WithoutABatch_SaysWhetherTheRegressionIsGone(double polite, TrialVerdict expected)
    {
        var finding = TrialComparison.Of(Evidence(1, polite: 0.3, each: 150), Evidence(2, polite, each: 150), "b-1")!;

        Assert.Equal(expected, finding.Verdict);
        Assert.Equal(expected != TrialVerdict.Confirmed, finding.StillWorse.Count > 0);
        Assert.StartsWith("Without b-1", finding.Sentence, StringComparison.Ordinal);
        Assert.Null(TrialComparison.Of(Evidence(3, polite: 0.9), Evidence(4, polite: 0.9), "b-1"));
    }

    [Fact]
    public void Without_ABatch_LeavesOutWhatAModelAnsweredToItsPromptsToo()
    {
        var (kept, left) = (Row("b-1", "kept"), Row("b-2", "left"));
        var made = Row("", "made", kept.Id);
        FeedbackRow[] rows = [kept, left, made, Row("", "made too", left.Id)];
        Assert.Equal(["kept", "made"], TrialDesk.Without(rows, "b-2").Select(row => row.Candidates[0].Text));
    }

    private static EvidenceFile Evidence(int seed, double polite, int each = 60) => new EvidenceBuilder(seed)
        .Preference(each, Slices, (model, behaviour) => model == "candidate" && behaviour == "polite" ? polite : 0.9)
        .Build();

    private static FailingAnswer Answer(int i, string slice) => new("s", $"i{i}", 0, slice, "q", ComparedPart.Champion, "a", "b", 1, []);

    private static FeedbackRow Row(string batch, string text, string? parent = null) =>
        new(FeedbackKind.Demonstration, [new ChatMessage("user", "q")], [new Candidate(text)], new Provenance(batch, 1, "f", "p", parent is null ? 0 : 1, parent));
}
