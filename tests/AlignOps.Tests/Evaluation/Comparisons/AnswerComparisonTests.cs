using AlignOps.Data;
using AlignOps.Evaluation.Comparisons;
using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Suites;
using AlignOps.Statistics.Slices;

namespace AlignOps.Tests.Evaluation.Comparisons;

public sealed class AnswerComparisonTests
{
    [Fact]
    public async Task Run_OverlappingSlices_TellsWhereTheFirstModelIsWorse()
    {
        var report = await RunAsync((item, first, _) => item.Id.EndsWith('7') ? JudgeVerdict.Unscored("silent") : first == "better" ? JudgeVerdict.Of(Preference.First) : JudgeVerdict.Of(Preference.Second));

        Assert.Equal(20, report.Unscored);
        Assert.Equal(0, report.Inconsistent);
        Assert.Equal(SliceStanding.Worse, Slice(report, "skill/maths").Standing);
        Assert.Equal(SliceStanding.NotWorse, Slice(report, "skill/prose").Standing);
        Assert.Equal(SliceStanding.Inconclusive, Slice(report, "domain/rare").Standing);
        Assert.Equal(180, report.WinRate.Count);
        Assert.Equal(report.WinRate.WinRate, Slice(report, "domain/all").Mean, 12);
        Assert.InRange(report.WinRate.WinRate, report.Lower, report.Upper);
    }

    [Fact]
    public async Task Run_JudgeThatLikesAPlace_IsInconsistentAndDecidesNothing()
    {
        var report = await RunAsync((_, _, _) => JudgeVerdict.Of(Preference.First));
        Assert.Equal(report.Outcomes.Count, report.Inconsistent);
        Assert.Equal(0.5, report.WinRate.WinRate);
    }

    private static SliceFinding Slice(ComparisonReport report, string name) => report.Slices.Single(slice => slice.Name == name);

    /// <summary>200 questions, half of maths, where the second answer is better, half of prose; three of a rare domain.</summary>
    private static Task<ComparisonReport> RunAsync(Func<SuiteItem, string, string, JudgeVerdict> judge) => new AnswerComparison(new ScriptedJudge(judge)).RunAsync(
        [
            .. Enumerable.Range(0, 200).Select(i => new ComparedAnswers(
                $"{i}", [new ChatMessage("user", "?")], i % 2 == 0 ? "worse" : "better", i % 2 == 0 ? "better" : "worse", [i % 2 == 0 ? "skill/maths" : "skill/prose", "domain/all", .. i < 3 ? ["domain/rare"] : Array.Empty<string>()])),
        ],
        CancellationToken.None);

    private sealed class ScriptedJudge(Func<SuiteItem, string, string, JudgeVerdict> judge) : IJudge
    {
        public string Name => "scripted";

        public string Digest => "scripted";

        public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) => Task.FromResult(judge(item, first.Text, second.Text));
    }
}
