using AlignOps.Evaluation.Judging;
using AlignOps.Evaluation.Qualification;

namespace AlignOps.Tests.Evaluation.Qualification;

public sealed class FailedCallsTests
{
    [Theory]
    [InlineData("over-budget", "over-budget")]
    [InlineData("timed-out: two of three", "timed-out")]
    [InlineData("no-verdict", null)]
    [InlineData("refused", null)]
    [InlineData("two-verdicts", null)]
    public void Name_TellsAnEndpointThatFailed_FromAJudgeThatSaidNothing(string reason, string? expected) => Assert.Equal(expected, FailedCalls.Name(JudgeVerdict.Unscored(reason)));
}
