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
        Sorted(
            "evaluation.judges[0].name", "evaluation.judges[0].model", "evaluation.judges[0].url", "evaluation.judges[0].key", "evaluation.judges[0].suites", "evaluation.judges[0].rubric",
            "evaluation.judges[0].temperature", "evaluation.judges[0].max_tokens", "evaluation.judges[0].concurrency", "evaluation.judges[0].requests_per_minute",
            "evaluation.judges[0].tokens_per_minute", "evaluation.judges[0].timeout_seconds", "evaluation.judges[0].time_limit_minutes", "evaluation.judges[0].stop_when_decided", "evaluation.judges[0].budget",
            "evaluation.judges[1].budget.tokens", "evaluation.judges[1].price", "evaluation.judges[2].name"),
        Faults(
            new JudgeSection
            {
                Url = "http://example.com/v1", Key = "sk-secret", Suites = ["b"], Rubric = "", Temperature = -1, MaxTokens = 0, Concurrency = 0, RequestsPerMinute = 1, TokensPerMinute = 0,
                TimeoutSeconds = double.NaN, TimeLimitMinutes = 0, StopWhenDecided = 1,
            },
            Sound with { Budget = new JudgeBudgetSection { Tokens = 0, Money = 1 }, Price = null },
            Sound));

    [Fact]
    public void Validate_AJudgeThatIsToDecide_HasSoundLimits_AndItsSuitesAlone()
    {
        var sound = Sound with { Decides = true, Qualification = new QualificationSection { Labels = "labels/pairs.jsonl" } };
        Assert.Empty(Faults(sound, Sound with { Name = "beside" }));
        const string At = "evaluation.judges[0].qualification.";
        Assert.Equal(
            Sorted(
                "evaluation.judges", "evaluation.judges[0].stop_when_decided", At + "labels", At + "kappa", At + "family", At + "repeats", At + "repeated", At + "attacked", At + "drift_pairs", At + "drift_level", At + "budget",
                "evaluation.judges[1].qualification.labels"),
            Faults(
                Sound with
                {
                    Decides = true, StopWhenDecided = 0.01,
                    Qualification = new QualificationSection
                    {
                        Labels = "../pairs.jsonl", Kappa = 1.1, SelfPreference = 0.2, Repeats = 1, Repeated = 19, Attacked = 1, DriftPairs = 20, DriftLevel = 0, Budget = new JudgeBudgetSection(),
                    },
                },
                Sound with { Name = "second", Decides = true, Qualification = new QualificationSection { Labels = "pairs.jsonl" } }));
    }

    [Fact]
    public void Validate_EveryKindWithItsOptions_IsSound()
    {
        var verifier = new JudgeSection { Name = "rules", Kind = JudgeKind.Verifier, Verifier = "contains" };
        Assert.Empty(Faults(
            Sound with { Name = "a", Kind = JudgeKind.Single, Reference = true, TieWithin = 0.1 }, Sound with { Name = "b", Kind = JudgeKind.MultiTurn, MultiTurn = new() { By = JudgeTurnsProtocol.Single } },
            Sound with { Name = "c", Kind = JudgeKind.Soft }, Sound with { Name = "d", Kind = JudgeKind.Form, Form = new() { Lowest = 0, Highest = 9, Samples = 20 }, Temperature = 2 },
            Sound with { Name = "e", Kind = JudgeKind.Skills, Skills = new() { Names = ["Logical Robustness", "factuality"] } }, Sound with { Name = "f", Kind = JudgeKind.Dimensions, Dimensions = [new() { Name = "tone", Asks = "warm" }] },
            Sound with { Name = "g", Kind = JudgeKind.Principles }, Sound with { Name = "h", Kind = JudgeKind.Evidence, Temperature = 1 },
            verifier, new JudgeSection { Name = "rm", Kind = JudgeKind.RewardModel, RewardModel = new() { Base = "base", Adapter = "adapter" } },
            new JudgeSection { Name = "three", Kind = JudgeKind.Panel, Panel = new() { Members = ["a", "rules", "rm"], Rule = JudgePanelRule.Mean } }));
    }

    [Fact]
    public void Validate_OptionsThatNobodyWouldRead_AreFaults() => Assert.Equal(
        Sorted(
            "evaluation.judges[0].reference", "evaluation.judges[0].tie_within", "evaluation.judges[0].form", "evaluation.judges[1].form.highest", "evaluation.judges[1].form.steps", "evaluation.judges[1].form.samples",
            "evaluation.judges[2].skills.names", "evaluation.judges[3].dimensions", "evaluation.judges[3].dimensions", "evaluation.judges[3].dimensions[1]", "evaluation.judges[4].principles[0]", "evaluation.judges[5].evidence.samples",
            "evaluation.judges[6].panel.members", "evaluation.judges[6].panel.members", "evaluation.judges[6].url", "evaluation.judges[6].model", "evaluation.judges[6].key", "evaluation.judges[6].budget",
            "evaluation.judges[7].reward_model.adapter", "evaluation.judges[8].verifier"),
        Faults(
            Sound with { Name = "0", Kind = JudgeKind.Soft, Reference = true, TieWithin = 1, Form = new() }, Sound with { Name = "1", Kind = JudgeKind.Form, Form = new() { Lowest = 1, Highest = 10, Steps = [], Samples = 5 } },
            Sound with { Name = "2", Kind = JudgeKind.Skills, Skills = new() { Names = ["charm"] } }, Sound with { Name = "3", Kind = JudgeKind.Dimensions, Dimensions = [new() { Name = "x", Asks = "y" }, new() { Name = "x", Asks = "" }, new() { Name = "A B", Asks = "z" }] },
            Sound with { Name = "4", Kind = JudgeKind.Principles, Principles = [" "] }, Sound with { Name = "5", Kind = JudgeKind.Evidence },
            Sound with { Name = "6", Kind = JudgeKind.Panel, Panel = new() { Members = ["0", "nobody", "6"] }, Url = "https://x/v1", Price = null },
            new JudgeSection { Name = "7", Kind = JudgeKind.RewardModel, RewardModel = new() { Base = "b" } }, new JudgeSection { Name = "8", Kind = JudgeKind.Verifier }));

    [Fact]
    public void Validate_APanelOfOneJudgeUnderTwoNames_IsAFault()
    {
        IEnumerable<string> Panel(JudgeSection other) => Faults(Sound with { Name = "a" }, other, new JudgeSection { Name = "both", Kind = JudgeKind.Panel, Panel = new() { Members = ["a", "b"] } });
        Assert.Equal(["evaluation.judges[2].panel.members"], Panel(Sound with { Name = "b", Concurrency = 2 }));
        Assert.Empty(Panel(Sound with { Name = "b", Rubric = "Shorter is better." }));
    }

    [Fact]
    public void Judges_OfPrinciplesWithoutOwn_HoldAnswersToTheConstitution()
    {
        var section = new EvaluationSection { Constitution = ["Never promise refunds."], Judges = [Sound with { Kind = JudgeKind.Principles }, Sound with { Kind = JudgeKind.Principles, Principles = ["Be brief."] }, Sound] };
        Assert.Equal(["Never promise refunds.", "Be brief."], section.Judges.SelectMany(judge => judge.Principles));
    }

    private static IEnumerable<string> Sorted(params string[] paths) => paths.Order(StringComparer.Ordinal);

    private static IEnumerable<string> Faults(params JudgeSection[] judges) => new EvaluationSectionDefinition().Validate(new EvaluationSection
    {
        Verifier = "contains",
        Suites = [new SuiteSection { Name = "a", File = "a.jsonl" }, new SuiteSection { Name = "b", File = "b.jsonl", Role = SuiteRole.Regression }],
        Judges = judges,
    }).Select(fault => fault.Path).Order(StringComparer.Ordinal);
}
