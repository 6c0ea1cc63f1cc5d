using AlignOps.Contracts.Evidence;
using AlignOps.Data.Datasets;
using AlignOps.Evaluation.Definition;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Jobs;

namespace AlignOps.Tests.Evaluation;

public sealed class EvaluateJobTests : IAsyncLifetime
{
    private const int ItemCount = 100;

    private readonly EvaluationWorld _world = new()
    {
        Section = new EvaluationSection
        {
            Verifier = "contains",
            MaxNewTokens = 4,
            Baseline = new BaselineSection { Kind = BaselineKind.None },
            Suites =
            [
                new SuiteSection { Name = "behaviour", File = "behaviour.jsonl" },
                new SuiteSection { Name = "abilities", File = "abilities.jsonl", Role = SuiteRole.Regression, Samples = 2, Temperature = 0.1 },
            ],
        },
    };

    public Task InitializeAsync()
    {
        WriteSuite("behaviour", ItemCount);
        WriteSuite("abilities", 10);
        return _world.StartAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task RunAsync_ABetterCandidate_IsWrittenDownAnswerByAnswer()
    {
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(candidate: 0.9, champion: 0.2, anchor: 0.5));

        Assert.Equal(ItemCount + 10 * 2, evidence.Items.Count);
        Assert.Equal([(SuiteRole.Preference, 1, 0.7), (SuiteRole.Regression, 2, 0.1)], evidence.Header.Suites.Select(suite => (suite.Role, suite.Samples, suite.Temperature)));
        var behaviour = evidence.Items.Where(item => item.Suite == "behaviour").ToList();
        Assert.InRange(behaviour.Average(item => item.VersusChampion!.Outcome!.Value), 0.7, 1);
        Assert.All(behaviour, item =>
        {
            Assert.Equal((Math.Sign(item.Candidate.Score!.Value - item.Anchor!.Score!.Value) + 1) / 2.0, item.VersusAnchor!.Outcome);
            Assert.Equal(item.Candidate.Text == "good", item.Candidate.Checks["contains"]);
            Assert.Equal(item.Candidate.Text == "good", item.Candidate.Passes);
        });
        Assert.All(evidence.Items.Where(item => item.Suite == "abilities"), item => Assert.True(item.VersusChampion is null && item.Anchor!.Score is not null && item.Champion.Score is not null));
        Assert.NotEqual(behaviour.Select(item => item.Id).Order(StringComparer.Ordinal), behaviour.Select(item => item.Id));
    }

    [Fact]
    public async Task RunAsync_TheSameCommandTwice_GivesTheSameBytes()
    {
        var command = await _world.CommandAsync(0.6, 0.4, 0.5);
        Assert.Equal((await _world.EvaluateAsync(command)).Write(), (await _world.EvaluateAsync(command)).Write());
        Assert.NotEqual((await _world.EvaluateAsync(command)).Write(), (await _world.EvaluateAsync(command with { Seed = 8 })).Write());
    }

    [Fact]
    public async Task RunAsync_TheSameModelAsCandidateAndChampion_IsAskedOnceAndTiesEverywhere()
    {
        var command = await _world.CommandAsync(0.5, 0.5, 0.5);
        var evidence = await _world.EvaluateAsync(command with { Champion = command.Candidate, Anchor = command.Candidate });

        Assert.Single(_world.Engine.Loaded);
        Assert.All(evidence.Items.Where(item => item.Suite == "behaviour"), item => Assert.Equal(0.5, item.VersusChampion!.Outcome));
    }

    [Fact]
    public async Task RunAsync_TwoModelsThatAreEquallyGood_DrawIndependently()
    {
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(0.5, 0.5, 0.5));
        Assert.InRange(evidence.Items.Count(item => item.Candidate.Text != item.Champion.Text), 30, 90);
    }

    [Fact]
    public async Task RunAsync_ASecondRun_GeneratesNoneOfTheChampionsAnswersAgain()
    {
        var first = await _world.CommandAsync(candidate: 0.9, champion: 0.2, anchor: 0.2);
        first = first with { Anchor = first.Champion };
        var second = first with { RunId = "r-2", Seed = 8, Candidate = await _world.ModelAsync(first.Candidate.Checkpoint, "next", 0.4) };
        var before = await _world.EvaluateAsync(first);
        _world.Engine.Loaded.Clear();
        var after = await _world.EvaluateAsync(second);

        Assert.Equal([second.Candidate.Adapter!], _world.Engine.Loaded);
        Assert.EndsWith($"; {ItemCount + 20} generated, {ItemCount + 20} reused", _world.Summary, StringComparison.Ordinal);
        Assert.Equal(ByDraw(before, item => item.Champion), ByDraw(after, item => item.Champion));
        Assert.NotEqual(ByDraw(before, item => item.Candidate), ByDraw(after, item => item.Candidate));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("suite")]
    [InlineData("decoding")]
    public async Task RunAsync_AnotherModelSuiteOrDecoding_GeneratesAnew(string changed)
    {
        var command = await _world.CommandAsync(0.9, 0.2, 0.2);
        command = command with { Anchor = command.Champion };
        await _world.EvaluateAsync(command);
        _world.Engine.Loaded.Clear();
        if (changed == "model") command = command with { Champion = await _world.ModelAsync(command.Champion.Checkpoint, "other", 0.3), Anchor = command.Anchor };
        if (changed == "suite") File.AppendAllText(Path.Combine(_world.Folder, "abilities.jsonl"), "\n");
        if (changed == "decoding") _world.Section = _world.Section with { Suites = [_world.Section.Suites[0], _world.Section.Suites[1] with { Temperature = 0.2 }] };
        await _world.EvaluateAsync(command);

        // Of the suite that stays the same nothing is asked again.
        Assert.EndsWith(changed == "model" ? $"{ItemCount + 20} generated, {2 * (ItemCount + 20)} reused" : $"{2 * 20} generated, {2 * ItemCount} reused", _world.Summary, StringComparison.Ordinal);
        Assert.Equal(changed == "model" ? [command.Champion.Adapter!] : [command.Candidate.Adapter!, command.Champion.Adapter!], _world.Engine.Loaded);
    }

    [Fact]
    public async Task RunAsync_TheAnchorIsTheChampion_ReusesItsAnswers()
    {
        var command = await _world.CommandAsync(0.9, 0.2, 0.2);
        var evidence = await _world.EvaluateAsync(command with { Anchor = command.Champion });

        Assert.Equal(2, _world.Engine.Loaded.Count);
        Assert.All(evidence.Items, item => Assert.Equal(item.VersusChampion, item.VersusAnchor));
    }

    [Fact]
    public async Task RunAsync_DrawsOfOneItem_Differ()
    {
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(0.5, 0.5, 0.5));
        var draws = evidence.Items.Where(item => item.Suite == "abilities").GroupBy(item => item.Id).ToList();
        Assert.All(draws, draw => Assert.Equal([0, 1], draw.Select(item => item.Sample)));
        Assert.Contains(draws, draw => draw.Select(item => item.Candidate.Text).Distinct().Count() == 2);
    }

    [Fact]
    public async Task RunAsync_APromptLongerThanTheModel_IsUnscoredWithTheReason()
    {
        _world.Engine.MaxPositions = 8;
        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5));

        Assert.All(evidence.Items, item => Assert.True(item.IsUnscored));
        Assert.All(evidence.Items, item => Assert.EndsWith("the model has 8 positions.", item.Candidate.UnscoredReason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_HeldOutPairsAndNoSuite_ComparesByWhatTheModelsFindLikely()
    {
        _world.Section = new EvaluationSection { HeldOutPairs = 30 };
        var rows = Enumerable.Range(0, 80).Select(i => HeldOutPairsTests.Thumb($"question {i}", i % 2 == 0 ? "good" : "bad", up: i % 2 == 0));
        var heldOut = await _world.Blobs.PutAsync(new MemoryStream(DatasetJson.WriteRows(rows)), CancellationToken.None);
        var manifest = new DatasetManifest("p", heldOut, heldOut, 0, 80, 0, 0, [], new Dictionary<string, int>());
        var dataset = await _world.Blobs.PutAsync(new MemoryStream(DatasetJson.Write(manifest)), CancellationToken.None);

        var evidence = await _world.EvaluateAsync(await _world.CommandAsync(candidate: 0.6, champion: 0.4, anchor: 0.7) with { DatasetDigest = dataset });

        Assert.Equal((30, "held-out-feedback", heldOut), (evidence.Items.Count, Assert.Single(evidence.Header.Suites).Judge, evidence.Header.Suites[0].Digest));
        Assert.All(evidence.Items, item => Assert.Equal((1.0, 0.0), (item.VersusChampion!.Outcome, item.VersusAnchor!.Outcome)));
        Assert.Equal("dataset-unreadable", (await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.6, 0.4, 0.7)))).Code);
    }

    [Fact]
    public async Task RunAsync_AnUnknownVerifier_FailsWithTheNamesThereAre()
    {
        _world.Section = _world.Section with { Verifier = "vibes" };
        var fault = await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal("unknown-verifier", fault.Code);
        Assert.Contains("contains, exact-match", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ABrokenSuite_FailsWithFileLineAndFault()
    {
        File.AppendAllText(Path.Combine(_world.Folder, "behaviour.jsonl"), "{\"id\": 3}\n");
        var fault = await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal(("suite-broken", $"behaviour.jsonl: line {ItemCount + 1}: id is not a text, or an empty one."), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task RunAsync_ASuiteThatIsNotThere_Fails()
    {
        _world.Section = _world.Section with { Suites = [new SuiteSection { Name = "x", File = "x.jsonl" }] };
        Assert.Equal("suite-missing", (await Assert.ThrowsAsync<JobFailedException>(async () => await _world.EvaluateAsync(await _world.CommandAsync(0.9, 0.2, 0.5)))).Code);
    }

    [Fact]
    public async Task RunAsync_StoppedInTheSecondModel_GoesOnThereAndGivesTheSameBytes()
    {
        var command = await _world.CommandAsync(0.9, 0.2, 0.5);
        using var stop = new CancellationTokenSource();
        _world.Engine.BeforeGenerating = () =>
        {
            if (_world.Engine.Loaded.Count == 2) stop.Cancel();
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => _world.EvaluateAsync(command, stop.Token));
        _world.Engine.BeforeGenerating = () => { };
        _world.Engine.Loaded.Clear();

        var resumed = (await _world.EvaluateAsync(command)).Write();
        Assert.Equal([command.Champion.Adapter!, command.Anchor.Adapter!], _world.Engine.Loaded);
        Assert.Equal(1, _world.Progress.Fraction, 9);
        await _world.ForgetAnswersAsync();
        Assert.Equal(resumed, (await _world.EvaluateAsync(command)).Write());
    }

    private static IEnumerable<(string, string, int, string)> ByDraw(EvidenceFile evidence, Func<EvidenceItem, EvidenceAnswer> of) =>
        evidence.Items.Select(item => (item.Suite, item.Id, item.Sample, of(item).Text)).Order();

    private void WriteSuite(string name, int items) => File.WriteAllLines(
        Path.Combine(_world.Folder, $"{name}.jsonl"),
        Enumerable.Range(0, items).Select(i => $$$"""{"id": "i{{{i:000}}}", "slice": "s{{{i % 2}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}], "expect": {"contains": "good"}}"""));
}
