using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;

namespace AlignOps.Tests.Evaluation;

public sealed class EvaluationSectionTests
{
    private static readonly EvaluationSection Sound = new()
    {
        Verifier = "expect",
        Suites = [new SuiteSection { Name = "a", File = "suites/a.jsonl" }, new SuiteSection { Name = "b", File = "suites/b.jsonl", Role = SuiteRole.Regression }],
    };

    [Fact]
    public void Validate_ASoundSection_FindsNothing() => Assert.Empty(new EvaluationSectionDefinition().Validate(Sound));

    [Fact]
    public void Validate_EveryFault_IsToldWithItsKey()
    {
        var section = new EvaluationSection
        {
            Temperature = -1,
            TopP = 0,
            MaxNewTokens = 0,
            Suites =
            [
                new SuiteSection { Name = "a", File = "../other/a.jsonl", Role = SuiteRole.Regression, Temperature = double.NaN, MaxNewTokens = 1, Verifier = "x" },
                new SuiteSection { Name = "a", File = "", Role = SuiteRole.Regression, Samples = 0, Temperature = 0, MaxNewTokens = 1 },
            ],
        };

        Assert.Equal(
            [
                "evaluation.temperature", "evaluation.max_new_tokens", "evaluation.top_p", "evaluation.suites", "evaluation.suites[0].file", "evaluation.suites[0].temperature",
                "evaluation.suites[1].name", "evaluation.suites[1].file", "evaluation.suites[1].verifier", "evaluation.suites[1].samples",
            ],
            new EvaluationSectionDefinition().Validate(section).Select(fault => fault.Path));
    }
}
