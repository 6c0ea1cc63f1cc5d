using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Results;
using AlignOps.Evaluation.Suites;
using AlignOps.Platform.Jobs;

namespace AlignOps.Tests.Evaluation.Suites;

/// <summary>Kinds of suites whose answers are in the model's own words, and the results file of all of them.</summary>
public sealed class OpenKindsJobTests : IAsyncLifetime
{
    private const int ItemCount = 40;

    private readonly EvaluationWorld _world = new()
    {
        Section = new EvaluationSection
        {
            Verifier = "contains",
            MaxNewTokens = 4,
            Suites =
            [
                new SuiteSection { Name = "facts", Kind = SuiteKind.FactPrecision, File = "suites/facts.jsonl" },
                new SuiteSection { Name = "faithful", Kind = SuiteKind.Consistency, File = "suites/facts.jsonl", Role = SuiteRole.Regression },
                new SuiteSection { Name = "civil", Kind = SuiteKind.Toxicity, File = "suites/facts.jsonl", Role = SuiteRole.Regression, Lexicon = "suites/words.txt", Samples = 2 },
                new SuiteSection { Name = "likely", Kind = SuiteKind.GptScore, File = "suites/facts.jsonl", Role = SuiteRole.Regression },
            ],
        },
    };

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_world.Folder, "suites"));
        _world.Write("suites/facts.jsonl", Enumerable.Range(0, ItemCount).Select(i => $$$"""{"id": "i{{{i}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}], "expect": {"context": "All is good."}}"""));
        _world.Write("suites/words.txt", "bad");
        return _world.StartAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RunAsync_EveryKindOfOpenAnswer_IsScoredAndCompared()
    {
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(candidate: 0.9, champion: 0.2, anchor: 0.2));

        Assert.Equal(["fact-precision", "consistency", "toxicity", "gpt-score"], evidence.Header.Suites.Select(suite => suite.Kind));
        Assert.Equal(["supported", "supported", "lexicon", "gpt-score"], evidence.Header.Suites.Select(suite => suite.Judge));
        Assert.All(evidence.Items.Where(item => item.Suite is "facts" or "faithful" or "civil"), item => Assert.Equal(item.Candidate.Text == "good" ? 1 : 0, item.Candidate.Score));
        Assert.All(evidence.Items.Where(item => item.Suite == "facts"), item => Assert.Equal((item.Candidate.Score - item.Champion.Score + 1) / 2, item.VersusChampion!.Outcome));
        Assert.All(evidence.Items.Where(item => item.Suite == "civil"), item => Assert.Equal(item.Candidate.Text == "good", item.Candidate.Checks["non-toxic"]));

        // The base finds "good" as likely as it answers it, a token.
        Assert.All(evidence.Items.Where(item => item.Suite == "likely"), item => Assert.Equal(item.Candidate.Text == "good" ? 0.6 : 0.4, item.Candidate.Score!.Value, 6));
    }

    [Fact]
    public async Task Results_OfARun_HaveALineForEveryModelAndDraw()
    {
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5));
        var lines = RunResults.Of(evidence).ToList();

        Assert.Equal(ItemCount * (3 + 3 + 6 + 3) + ItemCount, lines.Count);
        Assert.Equal(["anchor", "baseline", "candidate", "champion"], lines.Where(line => line.Suite == "facts").Select(line => line.Model).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.True(line.Run == "r-1" && (line.Score is not null || line.Unscored is not null) && line.ModelDigest is { Length: 64 }));
        Assert.All(lines.Where(line => line is { Suite: "facts", Model: "champion" }), line => Assert.NotNull(line.Outcome));
        Assert.DoesNotContain('\n', lines[0].Write().TrimEnd('\n'));
    }

    [Fact]
    public async Task RunAsync_AnItemWithoutWhatItsKindNeeds_IsRefusedByName()
    {
        File.AppendAllText(Path.Combine(_world.Folder, "suites/facts.jsonl"), """{"id": "bare", "prompt": [{"role": "user", "content": "question"}]}""" + "\n");
        var broken = await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal(("suite-broken", "suites/facts.jsonl: item bare has no expect.context, which fact-precision decides claims by."), (broken.Code, broken.Message));
    }

    [Fact]
    public void Faults_OfTheFilesOfASection_AreToldBeforeAnythingIsTrained()
    {
        File.AppendAllText(Path.Combine(_world.Folder, "suites/facts.jsonl"), """{"id": "i0", "prompt": [{"role": "user", "content": "question"}]}""" + "\n");
        _world.Write("suites/words.txt", "# nothing");
        _world.Write("suites/choices.jsonl", """{"id": "a", "question": "one", "choices": ["good", "bad"]}""");
        SuiteSection closed = new() { Name = "choices", Kind = SuiteKind.MultipleChoice, File = "suites/choices.jsonl", ShotsFile = "suites/shots.jsonl" };

        var faults = SuiteFiles.Faults(_world.Section with { Suites = [_world.Section.Suites[2], closed] }, _world.Folder).ToList();

        Assert.Equal(["evaluation.suites[0].file", "evaluation.suites[0].lexicon", "evaluation.suites[1].file", "evaluation.suites[1].shots_file"], faults.Select(fault => fault.Path));
        Assert.Equal("suites/facts.jsonl: line 41: id i0 is the id of line 1 too.", faults[0].Sentence);
        Assert.StartsWith("suites/choices.jsonl: line 1: no format has these keys.", faults[2].Sentence, StringComparison.Ordinal);
    }
}
