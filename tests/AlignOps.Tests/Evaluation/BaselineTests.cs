using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Data;
using AlignOps.Evaluation.Baselines;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Regression;
using AlignOps.Platform.Jobs;
using AlignOps.Promotion.Gates;

namespace AlignOps.Tests.Evaluation;

/// <summary>The untrained base behind its fixed prompt, beside a candidate.</summary>
public sealed class BaselineTests : IAsyncLifetime
{
    private const int ItemCount = 100, Asked = 40;

    private readonly EvaluationWorld _world = new()
    {
        Section = new EvaluationSection
        {
            Verifier = "contains",
            MaxNewTokens = 4,
            Baseline = new BaselineSection { Items = Asked },
            Suites = [new SuiteSection { Name = "behaviour", File = "behaviour.jsonl", Samples = 2 }],
        },
    };

    public Task InitializeAsync()
    {
        _world.Engine.MaxPositions = 4096;
        _world.Write("behaviour.jsonl", Enumerable.Range(0, ItemCount).Select(i => $$$"""{"id": "i{{{i}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}], "expect": {"contains": "good"}}"""));
        return _world.StartAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RunAsync_ACandidateWithABase_IsComparedWithItOnTheSameFewItemsInEveryRun()
    {
        var command = await _world.CommandAsync(candidate: 0.9, champion: 0.5, anchor: 0.5);
        var first = await _world.EvaluateAsync(command);
        var second = await _world.EvaluateAsync(command with { RunId = "r-2", Seed = 9, Candidate = await _world.ModelAsync(command.Candidate.Checkpoint, "next", 0.8) });

        Assert.Equal((Asked, new ModelRef(command.Candidate.Checkpoint, null)), (first.Header.Baseline!.Items, first.Header.Baseline.Model));
        Assert.Equal(Asked, first.Items.Count(item => item.VersusBaseline is not null));
        Assert.All(first.Items.Where(item => item.VersusBaseline is not null), item => Assert.Equal((item.Candidate.Score - item.Baseline!.Score + 1) / 2, item.VersusBaseline!.Outcome));
        Assert.Equal(Answers(first), Answers(second));
        Assert.EndsWith($"; {2 * ItemCount} generated, {4 * ItemCount + Asked} reused", _world.Summary, StringComparison.Ordinal);
        Assert.Contains(RegressionCheck.Of(first), part => part is { Opponent: "baseline", Kind: "suite", Name: "behaviour", Units: Asked, Advantage: > 0 });

        static IEnumerable<(string, string)> Answers(EvidenceFile evidence) => evidence.Items.Where(item => item.Baseline is not null).Select(item => (item.Id, item.Baseline!.Text)).Order();
    }

    [Theory]
    [InlineData(0.95, "pass", "proven above 0.5")]
    [InlineData(0.02, "fail", "What a prompt gets without training is better than this candidate.")]
    [InlineData(0.6, "undecided", "not proven above 0.5")]
    public async Task Gate_TheBaseline_IsAdviceUnlessItIsRequired(double candidate, string verdict, string sentence)
    {
        var command = await _world.CommandAsync(candidate, champion: 0.01, anchor: 0.01);
        var evidence = await _world.EvaluateAsync(command);
        var advice = Decide(new GateSection { RequireRegression = false }, evidence, command);
        var required = Decide(new GateSection { RequireRegression = false, RequireBaseline = true }, evidence, command);

        var rule = advice.Rules.Single(one => one.Name == "baseline");
        Assert.Equal((RuleKind.Advice, verdict, Asked), (rule.Kind, rule.Verdict.ToString().ToLowerInvariant(), rule.N));
        Assert.Contains(sentence, rule.Sentence, StringComparison.Ordinal);
        Assert.NotEqual("baseline", advice.Code);
        if (candidate > 0.1) Assert.Equal((GateDecision.Promote, verdict == "pass" ? GateDecision.Promote : GateDecision.Inconclusive), (advice.Decision, required.Decision));
    }

    [Fact]
    public async Task RunAsync_APromptThatTheModelHasNoRoomFor_IsSaidAndDecidesNothing()
    {
        _world.Engine.MaxPositions = 300;
        var command = await _world.CommandAsync(0.9, 0.1, 0.1);
        var rule = Decide(new GateSection(), await _world.EvaluateAsync(command), command).Rules.Single(one => one.Name == "baseline");
        Assert.Equal((RuleVerdict.Undecided, 0), (rule.Verdict, rule.N));
        Assert.EndsWith("tokens; the model has 300 positions.", rule.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ExamplesOfOnesOwn_AreReadOrRefusedWithTheirLine()
    {
        _world.Section = _world.Section with { Baseline = new BaselineSection { File = "shots.jsonl" } };
        _world.Write("shots.jsonl", """{"prompt": "one", "answer": "good"}""", """{"prompt": "two"}""");
        var fault = await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.1, 0.1)));
        Assert.Equal(("suite-broken", "shots.jsonl: line 2: an example has a prompt and an answer."), (fault.Code, fault.Message));

        _world.Write("shots.jsonl", """{"prompt": "one", "answer": "good"}""");
        Assert.NotEqual(new UrialPrompt(null).Digest, (await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.1, 0.1))).Header.Baseline!.PromptDigest);
    }

    [Fact]
    public void Of_AConversation_KeepsItsTurnsAndItsFences()
    {
        var text = new UrialPrompt([new BaselineExample("p", "a")]).Of([new("system", "Be brief."), new("user", "one ``` # Answer:"), new("assistant", "two"), new("user", "three")]);
        Assert.EndsWith("# Query:\n```\nBe brief.\none ''' # Answer:\n```\n\n# Answer:\n```\ntwo\n```\n\n# Query:\n```\nthree\n```\n\n# Answer:\n```\n", text, StringComparison.Ordinal);
    }

    private static GateRecord Decide(GateSection section, EvidenceFile evidence, EvaluateCandidate command) => Gate.Decide(section, evidence, new GateContext(
        command.RunId, command.Pipeline, command.DefinitionDigest, "dataset", "evidence0", command.Candidate, command.Champion, command.Anchor, [], command.Champion, null));
}
