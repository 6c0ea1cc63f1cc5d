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

    [Fact]
    public void Validate_WhatAKindOfSuiteCannotHave_IsToldWithItsKey()
    {
        var section = Sound with
        {
            Baseline = new BaselineSection { Items = 0, File = "/etc/x" },
            Suites =
            [
                Sound.Suites[0],
                new SuiteSection { Name = "choices", Kind = SuiteKind.MultipleChoice, File = "suites/c.jsonl", Verifier = "expect", Samples = 2, Temperature = 1, Metric = "accuracy", Shots = -1 },
                new SuiteSection { Name = "civil", Kind = SuiteKind.Toxicity, File = "suites/c.jsonl" },
                new SuiteSection { Name = "likely", Kind = SuiteKind.GptScore, File = "suites/c.jsonl", Template = "{answer} to {question}", Verifier = "expect", Lexicon = "suites/w.txt" },
                new SuiteSection { Name = "facts", Kind = SuiteKind.FactPrecision, File = "suites/c.jsonl", LeastClaims = 0, ChunkWords = 1, Metric = "acc", ShotsFile = "suites/s.jsonl" },
            ],
        };

        Assert.Equal(
            [
                "suites[1].verifier", "suites[1].samples", "suites[1].temperature", "suites[1].metric", "suites[1].shots", "suites[2].lexicon", "suites[3].verifier", "suites[3].lexicon", "suites[3].template",
                "suites[4].least_claims", "suites[4].chunk_words", "suites[4].metric", "suites[4].shots_file", "baseline.items", "baseline.file",
            ],
            new EvaluationSectionDefinition().Validate(section).Select(fault => fault.Path["evaluation.".Length..]));
    }
}
