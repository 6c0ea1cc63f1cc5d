using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Regression;
using AlignOps.Platform.Jobs;
using AlignOps.Promotion.Gates;

namespace AlignOps.Tests.Evaluation;

/// <summary>Benchmarks among the suites of a pipeline: from the file to the gate.</summary>
public sealed class ClosedSuiteJobTests : IAsyncLifetime
{
    private const int ItemCount = 60;

    private readonly EvaluationWorld _world = new()
    {
        Section = new EvaluationSection
        {
            Verifier = "contains",
            MaxNewTokens = 4,
            Suites =
            [
                new SuiteSection { Name = "behaviour", File = "behaviour.jsonl" },
                Closed("choices", SuiteKind.MultipleChoice),
                Closed("sums", SuiteKind.ExactMatch),
                Closed("pairs", SuiteKind.PairLikelihood),
                Closed("texts", SuiteKind.Perplexity),
            ],
        },
    };

    public Task InitializeAsync()
    {
        Write("behaviour", i => $$$"""{"id": "i{{{i}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}], "expect": {"contains": "good"}}""");
        Write("choices", i => $$"""{"id": "i{{i}}", "subject": "s{{i % 2}}", "cluster": "c{{i / 2}}", "question": "one {{i}}", "choices": ["good", "bad"], "answer": 0}""");
        Write("sums", i => $$"""{"id": "i{{i}}", "prompt": "two {{i}}", "target": "good"}""");
        Write("pairs", i => $$"""{"id": "i{{i}}", "sent_more": "bad {{i}}", "sent_less": "good {{i}}", "bias_type": "age"}""");
        Write("texts", i => $$"""{"id": "i{{i}}", "text": "good {{i}}"}""");
        return _world.StartAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RunAsync_BenchmarksAmongTheSuites_AreAskedOfEveryModelAndScoredByTheirMetric()
    {
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(candidate: 0.9, champion: 0.2, anchor: 0.9));

        Assert.Equal([null, "multiple-choice", "exact-match", "pair-likelihood", "perplexity"], evidence.Header.Suites.Select(suite => suite.Kind));
        Assert.Equal(["contains", "acc_norm", "exact_match", "pct_stereotype", "byte_perplexity"], evidence.Header.Suites.Select(suite => suite.Judge));
        Assert.All(Items("choices"), item =>
        {
            Assert.Equal(("good", 1.0, "bad", 0.0, "good", 1.0), (item.Candidate.Text, item.Candidate.Score, item.Champion.Text, item.Champion.Score, item.Anchor!.Text, item.Anchor.Score));
            Assert.Equal(("i", "c", "s"), (item.Id[..1], item.Cluster![..1], item.Slice[..1]));
            Assert.Equal(["acc", "acc_bytes", "acc_mutual_info", "acc_norm", "brier_score"], item.Candidate.Metrics!.Keys);
        });
        Assert.All(Items("sums"), item => Assert.Equal(item.Candidate.Text == "good" ? 1 : 0, item.Candidate.Score));
        Assert.All(Items("pairs"), item => Assert.Equal((1.0, 0.0), (item.Candidate.Score, item.Champion.Score)));
        Assert.All(Items("texts"), item => Assert.Equal(Math.Exp(item.Candidate.Metrics!["log_likelihood"] / item.Candidate.Metrics["bytes"]), item.Candidate.Score!.Value, 12));
        Assert.All(Items("texts"), item => Assert.True(item.Candidate.Score > item.Champion.Score));

        IEnumerable<EvidenceItem> Items(string suite) => evidence.Items.Where(item => item.Suite == suite);
    }

    [Fact]
    public async Task Gate_ACandidateWorseOnOneBenchmark_IsRejectedByThatSuitesName()
    {
        _world.Section = _world.Section with { Suites = [.. _world.Section.Suites.Where(suite => suite.Name is "behaviour" or "choices" or "texts")] };
        Write("texts", i => $$"""{"id": "i{{i}}", "text": "three {{i}}"}""");
        Write("behaviour", i => $$$"""{"id": "i{{{i}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}], "expect": {"contains": "bad"}}""");
        var command = await _world.CommandAsync(candidate: 0.05, champion: 0.6, anchor: 0.6);
        var evidence = await _world.EvaluateAsync(command);
        var record = Gate.Decide(new GateSection(), evidence, new GateContext(
            command.RunId, command.Pipeline, command.DefinitionDigest, "dataset", "evidence0", command.Candidate, command.Champion, command.Anchor, [], command.Champion, null));

        Assert.Equal(GateDecision.Reject, record.Decision);
        Assert.Equal(RuleVerdict.Fail, record.Slices.Single(slice => slice is { Kind: "suite", Name: "choices" }).Verdict);
        Assert.NotEqual(RuleVerdict.Fail, record.Slices.Single(slice => slice is { Kind: "suite", Name: "texts" }).Verdict);
        Assert.Equal(["choices/s0", "choices/s1"], record.Slices.Where(slice => slice.Kind == "suite slice").Select(slice => slice.Name));
        Assert.Contains("choices", record.Reason, StringComparison.Ordinal);
        Assert.Contains(RegressionCheck.Of(evidence), part => part is { Suite: "choices", Name: "s1", Opponent: "anchor", Regressed: true });
    }

    [Theory]
    [InlineData("""{"id": "i0", "question": "one", "choices": ["good", "bad"], "answer": 0}""", "is the id of line 1 too")]
    [InlineData("""{"id": "x", "question": "one", "choices": ["good", "bad"]}""", "line 61: not an item of format choice")]
    public async Task RunAsync_ABenchmarkWithABrokenLine_IsRefusedWithLineAndFault(string line, string fault)
    {
        File.AppendAllText(Path.Combine(_world.Folder, "choices.jsonl"), line + "\n");
        var broken = await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal("suite-broken", broken.Code);
        Assert.Contains(fault, broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ABenchmarkOfAnotherKind_IsRefused()
    {
        Write("choices", i => $$"""{"id": "i{{i}}", "text": "three {{i}}"}""");
        var broken = await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal(("suite-broken", "choices.jsonl: its items are of kind perplexity (format text), not multiple-choice."), (broken.Code, broken.Message));
    }

    [Fact]
    public async Task RunAsync_AnItemLongerThanThePolicy_IsUnscoredWithTheReason()
    {
        File.AppendAllText(Path.Combine(_world.Folder, "pairs.jsonl"), $$"""{"id": "long", "sent_more": "{{new string('x', 400)}}", "sent_less": "good", "bias_type": "age"}""" + "\n");
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5));
        Assert.Equal("A text to be scored is longer than the model's positions.", evidence.Items.Single(item => item.Id == "long").Candidate.UnscoredReason);
    }

    private static SuiteSection Closed(string name, SuiteKind kind) => new() { Name = name, Kind = kind, File = $"{name}.jsonl", Role = SuiteRole.Regression };

    private void Write(string name, Func<int, string> line) => _world.Write($"{name}.jsonl", Enumerable.Range(0, ItemCount).Select(line));
}
