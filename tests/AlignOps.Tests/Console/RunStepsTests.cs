using AlignOps.WebConsole.Reading;

namespace AlignOps.Tests.WebConsole;

public sealed class RunStepsTests
{
    private static readonly RunLine Open = new() { State = "training", StartedAt = 0 };

    [Fact]
    public void Of_RunUnderWay_ShowsWhatIsDoneUnderWayAndToCome()
    {
        var steps = RunSteps.Of(Open, [Job("intake.dataset", "done"), Job("synthesis.sample", "done"), Job("intake.dataset", "done"), Job("training.train", "running", """{"step":3,"totalSteps":9}""")], []);

        Assert.Equal(
            ["Dataset done", "Synthesis done", "Dataset with synthetic answers done", "Training running", "Evaluation pending", "Gate pending"],
            steps.Select(step => $"{step.Name} {step.Status}"));
        Assert.Equal("3 of 9 steps", steps[3].Note);
    }

    [Fact]
    public void Of_RunThatAwaitsPeople_ShowsTheGateDoneAndThePeopleAsked()
    {
        var run = new RunLine { State = "awaiting-approval" };
        var steps = RunSteps.Of(run, [Job("intake.dataset", "done"), Job("training.train", "done"), Job("evaluation.evaluate", "done")], [Event(1, "candidate-evaluated"), Event(2, "gate-decided")]);

        Assert.Equal(["Gate done", "Approval waiting"], steps.TakeLast(2).Select(step => $"{step.Name} {step.Status}"));
    }

    [Fact]
    public void Of_RunThatFailed_ShowsWhyAndNothingToCome()
    {
        var run = new RunLine { State = "failed", EndedAt = 9 };
        var steps = RunSteps.Of(run, [Job("intake.dataset", "done"), Job("training.train", "failed")], [Event(1, "failed")]);

        Assert.Equal(["Dataset done", "Training failed"], steps.Select(step => $"{step.Name} {step.Status}"));
        Assert.Equal("no room", steps[1].Note);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(-7, 1, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(99, 3, 3)]
    public void AnswerPage_AnyPageAskedFor_IsOneThatExists(int asked, int page, int shown)
    {
        var answers = AnswerPage.Of(Samples.Evidence(items: 2 * AnswerPage.Size + 3), asked == 2 ? "nonsense" : "all", asked);

        Assert.Equal((page, 3), (answers.Page, answers.Pages));
        Assert.Equal("all", answers.Shown);
        Assert.Equal(shown == 3 ? 3 : AnswerPage.Size, answers.Items.Count);
        Assert.Equal(answers.Counts["all"], AnswerPage.Kinds.Skip(1).Sum(kind => answers.Counts[kind]));
    }

    private static JobLine Job(string kind, string state, string? detail = null) => new() { Kind = kind, State = state, Detail = detail, Error = state == "failed" ? "no room" : null, StartedAt = 1, EndedAt = state == "running" ? null : 2 };

    private static RunEventLine Event(int seq, string kind) => new() { Seq = seq, At = seq, Kind = kind, Detail = "promoted: it is better" };
}
