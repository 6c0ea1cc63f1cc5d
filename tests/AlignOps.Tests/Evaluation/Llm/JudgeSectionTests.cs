using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Inference.Endpoints;

namespace AlignOps.Tests.Evaluation.Llm;

public sealed class JudgeSectionTests
{
    private static readonly JudgeSection Sound = new()
    {
        Name = "house",
        Provider = EndpointProvider.Openai,
        Model = "gpt-4.1-mini",
        Key = "env:OPENAI_API_KEY",
        Budget = new JudgeBudgetSection { Money = 2.5m },
        Price = new JudgePriceSection { Input = 0.4m, Output = 1.6m },
        Suites = ["a"],
    };

    [Fact]
    public void Validate_ASoundJudge_FindsNothing() => Assert.Empty(Faults(Sound));

    [Fact]
    public void Validate_EveryFault_IsToldWithItsKey() => Assert.Equal(
        [
            "evaluation.judges[0].name", "evaluation.judges[0].model", "evaluation.judges[0].url", "evaluation.judges[0].key", "evaluation.judges[0].suites", "evaluation.judges[0].rubric",
            "evaluation.judges[0].temperature", "evaluation.judges[0].max_tokens", "evaluation.judges[0].concurrency", "evaluation.judges[0].requests_per_minute",
            "evaluation.judges[0].tokens_per_minute", "evaluation.judges[0].timeout_seconds", "evaluation.judges[0].time_limit_minutes", "evaluation.judges[0].stop_when_decided", "evaluation.judges[0].budget", "evaluation.judges[1].budget.tokens",
            "evaluation.judges[1].price", "evaluation.judges[2].name",
        ],
        Faults(
            new JudgeSection
            {
                Url = "http://example.com/v1", Key = "sk-secret", Suites = ["b"], Rubric = "", Temperature = -1, MaxTokens = 0, Concurrency = 0, RequestsPerMinute = 1, TokensPerMinute = 0,
                TimeoutSeconds = double.NaN, TimeLimitMinutes = 0, StopWhenDecided = 1,
            },
            Sound with { Budget = new JudgeBudgetSection { Tokens = 0, Money = 1 }, Price = null },
            Sound));

    private static IEnumerable<string> Faults(params JudgeSection[] judges) => new EvaluationSectionDefinition().Validate(new EvaluationSection
    {
        Verifier = "contains",
        Suites = [new SuiteSection { Name = "a", File = "a.jsonl" }, new SuiteSection { Name = "b", File = "b.jsonl", Role = SuiteRole.Regression }],
        Judges = judges,
    }).Select(fault => fault.Path);
}
