using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Endpoints;

namespace AlignOps.Tests.Evaluation.Llm;

public sealed class JudgeIdentityTests
{
    private static readonly JudgeSection Judge = new() { Name = "n", Url = "https://a/v1", Model = "m", Key = "env:A" };

    private static readonly JudgeKind[] Asking =
    [
        JudgeKind.Pairwise, JudgeKind.Single, JudgeKind.MultiTurn, JudgeKind.Soft, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Dimensions, JudgeKind.Principles, JudgeKind.Evidence,
    ];

    [Fact]
    public void Digest_OfWhatDoesNotDecide_Stays()
    {
        foreach (var kind in Asking)
        {
            var judge = Judge with { Kind = kind };
            Assert.Equal(
                LlmJudge.DigestOf(judge),
                LlmJudge.DigestOf(judge with { Key = "env:B", Concurrency = 3, Name = "other", TimeoutSeconds = 1, TimeLimitMinutes = 1, StopWhenDecided = 0.01, Budget = new JudgeBudgetSection { Tokens = 1 }, Suites = ["a"] }));
        }
    }

    [Fact]
    public void Digest_OfEveryKindAndEverythingThatDecidesInIt_IsAnother()
    {
        Func<JudgeSection, JudgeSection>[] common =
        [
            judge => judge, judge => judge with { Model = "m2" }, judge => judge with { Url = "https://b/v1" }, judge => judge with { Provider = EndpointProvider.Openai },
            judge => judge with { Temperature = 1 }, judge => judge with { MaxTokens = 99 },
        ];
        var (rubric, reference, tie) = (Judge with { Rubric = "r" }, Judge with { Reference = true }, Judge with { TieWithin = 0.5 });
        JudgeSection[] own =
        [
            .. new[] { rubric, reference },
            .. new[] { rubric, reference, tie }.Select(judge => judge with { Kind = JudgeKind.Single }),
            .. new[] { rubric, reference, Judge with { MultiTurn = new() { By = JudgeTurnsProtocol.Single } } }.Select(judge => judge with { Kind = JudgeKind.MultiTurn }),
            rubric with { Kind = JudgeKind.Soft },
            .. new[] { rubric, reference, tie, Judge with { Form = new() { Samples = 3 } }, Judge with { Form = new() { Highest = 7 } }, Judge with { Form = new() { Lowest = 0 } }, Judge with { Form = new() { Steps = ["Look."] } } }
                .Select(judge => judge with { Kind = JudgeKind.Form }),
            .. new[] { reference, tie, Judge with { Skills = new() { Names = ["factuality"] } } }.Select(judge => judge with { Kind = JudgeKind.Skills }),
            .. new[] { reference, Judge with { Dimensions = [new() { Name = "tone", Asks = "kind" }] }, Judge with { Dimensions = [new() { Name = "tone", Asks = "curt" }] } }.Select(judge => judge with { Kind = JudgeKind.Dimensions }),
            Judge with { Kind = JudgeKind.Principles, Principles = ["Never promise refunds."] },
            .. new[] { rubric, reference, tie, Judge with { Evidence = new() { Samples = 5 } } }.Select(judge => judge with { Kind = JudgeKind.Evidence }),
        ];
        JudgeSection[] all = [.. Asking.SelectMany(kind => common.Select(change => change(Judge with { Kind = kind }))), .. own];
        Assert.Equal(all.Length, all.Select(LlmJudge.DigestOf).Distinct().Count());
    }
}
