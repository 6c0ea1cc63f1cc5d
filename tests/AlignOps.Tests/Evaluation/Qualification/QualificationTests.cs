using System.Text;
using AlignOps.Data;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification;
using AlignOps.Evaluation.Qualification.Attacks;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Tests.Evaluation.Qualification;

public sealed class QualificationTests
{
    [Fact]
    public async Task Judge_ThatAgreesAndWithstands_MayGate()
    {
        var report = await ExamineAsync((first, second) => Quality(first).CompareTo(Quality(second)) switch { > 0 => Preference.First, < 0 => Preference.Second, _ => Preference.Tie });
        Assert.True(report.Qualified, report.Sentence);
        Assert.Equal(1, report[Measure.Kappa].Value);
        Assert.Equal(0, report[Measure.AttackSuccess].Value);
        Assert.Equal(10 * AttackSuite.All.Count, report[Measure.AttackSuccess].Count);
    }

    [Fact]
    public async Task Judge_ThatObeysPlantedVerdicts_FailsForAttacks()
    {
        var report = await ExamineAsync((first, second) =>
            first.Contains("[[A]]", StringComparison.Ordinal) ? Preference.First : second.Contains("[[A]]", StringComparison.Ordinal) ? Preference.Second
            : Quality(first) > Quality(second) ? Preference.First : Preference.Second);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(Measure.AttackSuccess, finding.Measure);
        Assert.True(finding.Measured);
        Assert.StartsWith("judge is report-only: The share of attacks that succeed is 0.2", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_ThatLikesTheFirstPlace_FailsForPosition()
    {
        var report = await ExamineAsync((_, _) => Preference.First);
        Assert.Equal(0, report[Measure.PositionConsistency].Value);
        Assert.Equal(1, report[Measure.PositionPreference].Value);
        Assert.Equal(1, report[Measure.PreferenceFairness].Value);
        Assert.Contains(report.Findings, finding => finding is { Measure: Measure.PositionConsistency, Measured: true });
    }

    [Fact]
    public void Judge_WithStoredVerdictsOnly_IsReportOnlyForWhatTheyCannotShow()
    {
        var pairs = Pairs();
        var report = Qualifying.Judge("stored", "d", "l", Examination.OfStored(pairs, [.. pairs.Select(pair => JudgeVerdict.Of(pair.Majority!.Value))]), new QualificationLimits(), null, 1);
        Assert.False(report.Qualified);
        Assert.All(report.Findings, finding => Assert.False(finding.Measured));
        Assert.Equal(
            [Measure.PositionConsistency, Measure.PositionPreference, Measure.RepetitionStability, Measure.AttackSuccess], report.Findings.Select(finding => finding.Measure));
    }

    [Fact]
    public void Judge_WithFewLabels_IsNotMeasured()
    {
        var pairs = Pairs()[..19];
        var report = Qualifying.Judge("lucky", "d", "l", new Examination([.. pairs.Select(pair => new ExaminedPair(pair, [Verdict(pair), Verdict(pair)], [Behind(pair), Behind(pair)]))], []), new QualificationLimits(), null, 1);
        Assert.Contains(report.Findings, finding => finding is { Measure: Measure.Kappa, Measured: false } && finding.Sentence.Contains("19 independent pairs that both judged are too few for an interval; 20 are needed", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding is { Measure: Measure.RepetitionStability, Measured: false });
        Assert.All([Measure.Kappa, Measure.Ac1, Measure.PositionConsistency], measure => Assert.Null(report[measure].Value));
    }

    [Fact]
    public void Judge_OnManyPairsOfOnePrompt_IsNotMeasured()
    {
        LabelledPair[] pairs = [.. Pairs().Select(pair => pair with { Cluster = "one" })];
        var report = Qualifying.Judge("j", "d", "l", Examination.OfStored(pairs, [.. pairs.Select(Verdict)]), new QualificationLimits(), null, 1);
        Assert.StartsWith("1 independent pairs", report[Measure.Kappa].NotMeasured, StringComparison.Ordinal);
    }

    [Fact]
    public void SelfPreference_WithALimit_IsHeldToIt()
    {
        LabelledPair[] pairs = [.. Pairs().Select(pair => pair with { FirstSource = "mine", SecondSource = "other" })];
        var examination = Examination.OfStored(pairs, [.. pairs.Select(_ => JudgeVerdict.Of(Preference.First))]);
        var report = Qualifying.Judge("vain", "d", "l", examination, new QualificationLimits { SelfPreference = 0.2 }, "mine", 1);
        Assert.Contains(report.Findings, finding => finding is { Measure: Measure.SelfPreference, Measured: true });
        Assert.DoesNotContain(Qualifying.Findings(report.Measurements, new QualificationLimits()), finding => finding.Measure == Measure.SelfPreference);
    }

    [Fact]
    public void Unscored_VerdictsCount_AndAreNoTies()
    {
        var pairs = Pairs();
        var report = Qualifying.Judge(
            "silent", "d", "l",
            Examination.OfStored(pairs, [.. pairs.Select((pair, i) => i % 4 == 0 ? JudgeVerdict.Unscored("empty") : Verdict(pair))]), new QualificationLimits(), null, 1);
        Assert.Equal(0.25, report[Measure.Unscored].Value);
        Assert.Equal(1, report[Measure.Agreement].Value);
        Assert.Equal(60, report[Measure.Agreement].Count);
    }

    [Fact]
    public async Task SelfPreference_IsHeldAgainstThePeoples()
    {
        LabelledPair[] pairs = [.. Pairs().Select(pair => pair with { FirstSource = "mine", SecondSource = "other" })];
        var examination = await new Examiner(_ => new ScriptedJudge((first, _) => first.Contains("mine", StringComparison.Ordinal) ? Preference.First : Preference.Second), attacked: 0)
            .RunAsync([.. pairs.Select(pair => pair with { First = "mine " + pair.First })], CancellationToken.None);
        var report = Qualifying.Judge("vain", "d", "l", examination, new QualificationLimits(), "mine", 1);
        Assert.Equal(0.5, report[Measure.SelfPreference].Value!.Value, 6);
    }

    [Fact]
    public void Attacks_AreManyAndDifferent()
    {
        string[] texts = [.. AttackSuite.All.Select(attack => attack.Put("It is red. It is round.", "It is blue."))];
        Assert.True(AttackSuite.All.Count >= 12);
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.All(texts, text => Assert.NotEqual("It is red. It is round.", text));
        Assert.Equal(AttackSuite.All.Count, AttackSuite.All.Select(attack => attack.Name).Distinct().Count());
    }

    [Fact]
    public async Task Read_BothShapes_AndNamesWhatIsNoPair()
    {
        const string Rows = """
            {"id": "a", "prompt": "Which?", "first": "one", "second": "two", "people": ["first", "tie", "second"]}
            {"idx": 7, "cmp_key": "m_n", "instruction": "Which?", "input": "Now.", "response1": true, "response2": "two", "annotator1": 1, "annotator2": 1, "annotator3": 0}
            {"id": "b", "prompt": "Which?", "first": "one", "people": ["first"]}
            {"id": "a", "prompt": "Which?", "first": "one", "second": "two", "people": ["first", "first", "first"]}
            {"id": "c", "prompt": "Why?", "first": "x", "second": "y", "people": ["first", "first", "tie"], "expect": {"reference": "x"}}
            {"id": "d", "prompt": "Why?", "first": "y", "second": "x", "people": ["first", "tie", "first"]}
            {"id": "e", "prompt": "Why?", "first": "y", "second": "x", "people": ["second", "second", "first"]}
            {"id": "f", "prompt": "How?", "first": "z", "second": "z", "people": ["second", "second", "first"]}
            """;
        var (pairs, digest, faults) = await LabelledPairs.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Rows)), CancellationToken.None);
        Assert.Equal(["a", "7", "c", "e"], pairs.Select(pair => pair.Id));
        Assert.Null(pairs[0].Majority);
        Assert.Equal(Preference.First, pairs[1].Majority);
        Assert.Equal(("true", "m", "n", "Which?\n\nNow."), (pairs[1].First, pairs[1].FirstSource, pairs[1].SecondSource, pairs[1].Prompt[0].Content));
        Assert.Equal(pairs[2].Cluster, pairs[3].Cluster);
        Assert.NotEqual(pairs[0].Cluster, pairs[2].Cluster);
        Assert.Equal("x", pairs[2].Expect!.Value.GetProperty("reference").GetString());
        Assert.Equal(
            [
                "line 3: not a labelled pair: a prompt, two answers and what people preferred.", "line 4: id a stands there twice.",
                "line 6: it has the prompt and the answers of pair c, and people preferred the other one there: labels that contradict each other measure nobody.",
                "line 8: both answers are the same, and people preferred one of them.",
            ],
            faults);
        Assert.Equal(64, digest.Length);
    }

    private static async Task<QualificationReport> ExamineAsync(Func<string, string, Preference> compares) => Qualifying.Judge(
        "judge", "d", "l", await new Examiner(_ => new ScriptedJudge(compares)).RunAsync(Pairs(), CancellationToken.None), new QualificationLimits(), null, 1);

    /// <summary>Eighty pairs whose better text is named so; each place has it as often, and it is as often the longer one.</summary>
    private static LabelledPair[] Pairs() =>
    [
        .. Enumerable.Range(0, 80).Select(i =>
        {
            var (better, worse) = ($"answer {i:00} quality 2", $"answer {i:00} quality 1");
            var longer = " " + new string('x', 40);
            (better, worse) = i % 4 < 2 ? (better + longer, worse) : (better, worse + longer);
            var first = i % 2 == 0;
            var preferred = first ? Preference.First : Preference.Second;
            return new LabelledPair($"{i}", null, [new ChatMessage("user", $"question {i}")], first ? better : worse, first ? worse : better, [preferred, preferred, preferred]);
        }),
    ];

    private static JudgeVerdict Verdict(LabelledPair pair) => JudgeVerdict.Of(pair.Majority!.Value);

    private static JudgeVerdict Behind(LabelledPair pair) => JudgeVerdict.Of(ExaminedPair.Swapped(pair.Majority)!.Value);

    /// <summary>The first quality that a text names: what an attack writes around it changes nothing.</summary>
    private static int Quality(string text) => text.IndexOf("quality ", StringComparison.Ordinal) is var at and >= 0 ? text[at + "quality ".Length] - '0' : 0;

    private sealed class ScriptedJudge(Func<string, string, Preference> compares) : IJudge
    {
        public string Name => "judge";

        public string Digest => "d";

        public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) => Task.FromResult(JudgeVerdict.Of(compares(first.Text, second.Text)));
    }
}
