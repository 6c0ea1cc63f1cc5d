using System.Globalization;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Data.Datasets;
using AlignOps.Evaluation;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Jobs;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignOps.Tests.Evaluation;

public sealed class EvaluateJobTests : IAsyncLifetime
{
    private const int ItemCount = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-evaluation-").FullName;
    private readonly ScriptedEngine _engine = new();
    private readonly ServiceProvider _services;
    private readonly Progress _progress = new();
    private EvaluationSection _section = new()
    {
        Verifier = "contains",
        MaxNewTokens = 4,
        Suites =
        [
            new SuiteSection { Name = "behaviour", File = "behaviour.jsonl" },
            new SuiteSection { Name = "abilities", File = "abilities.jsonl", Role = SuiteRole.Regression, Samples = 2, Temperature = 0.1 },
        ],
    };

    public EvaluateJobTests()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") })
            .AddEvaluation()
            .BuildServiceProvider();
        WriteSuite("behaviour", ItemCount);
        WriteSuite("abilities", 10);
    }

    private IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    public async Task InitializeAsync()
    {
        _services.GetRequiredService<DataFolder>().Prepare();
        await _services.GetRequiredService<MigrationRunner>().RunAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunAsync_ABetterCandidate_IsWrittenDownAnswerByAnswer()
    {
        var evidence = await EvaluateAsync(await CommandAsync(candidate: 0.9, champion: 0.2, anchor: 0.5));

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
        Assert.All(evidence.Items.Where(item => item.Suite == "abilities"), item => Assert.True(item.VersusChampion is null && item.Anchor is null && item.Champion.Score is not null));
        Assert.NotEqual(behaviour.Select(item => item.Id).Order(StringComparer.Ordinal), behaviour.Select(item => item.Id));
    }

    [Fact]
    public async Task RunAsync_TheSameCommandTwice_GivesTheSameBytes()
    {
        var command = await CommandAsync(0.6, 0.4, 0.5);
        Assert.Equal((await EvaluateAsync(command)).Write(), (await EvaluateAsync(command)).Write());
        Assert.NotEqual((await EvaluateAsync(command)).Write(), (await EvaluateAsync(command with { Seed = 8 })).Write());
    }

    [Fact]
    public async Task RunAsync_TheSameModelAsCandidateAndChampion_AnswersWithDrawsOfItsOwn()
    {
        var command = await CommandAsync(0.5, 0.5, 0.5);
        var evidence = await EvaluateAsync(command with { Champion = command.Candidate, Anchor = command.Candidate });

        Assert.InRange(evidence.Items.Count(item => item.Candidate.Text != item.Champion.Text), 30, 90);
    }

    [Fact]
    public async Task RunAsync_TheAnchorIsTheChampion_ReusesItsAnswers()
    {
        var command = await CommandAsync(0.9, 0.2, 0.2);
        var evidence = await EvaluateAsync(command with { Anchor = command.Champion });

        Assert.Equal(2, _engine.Loaded.Count);
        Assert.All(evidence.Items, item => Assert.Equal(item.VersusChampion, item.VersusAnchor));
    }

    [Fact]
    public async Task RunAsync_DrawsOfOneItem_Differ()
    {
        var evidence = await EvaluateAsync(await CommandAsync(0.5, 0.5, 0.5));
        var draws = evidence.Items.Where(item => item.Suite == "abilities").GroupBy(item => item.Id).ToList();
        Assert.All(draws, draw => Assert.Equal([0, 1], draw.Select(item => item.Sample)));
        Assert.Contains(draws, draw => draw.Select(item => item.Candidate.Text).Distinct().Count() == 2);
    }

    [Fact]
    public async Task RunAsync_APromptLongerThanTheModel_IsUnscoredWithTheReason()
    {
        _engine.MaxPositions = 8;
        var evidence = await EvaluateAsync(await CommandAsync(0.9, 0.2, 0.5));

        Assert.All(evidence.Items, item => Assert.True(item.IsUnscored));
        Assert.All(evidence.Items, item => Assert.EndsWith("the model has 8 positions.", item.Candidate.UnscoredReason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_HeldOutPairsAndNoSuite_ComparesByWhatTheModelsFindLikely()
    {
        _section = new EvaluationSection { HeldOutPairs = 30 };
        var rows = Enumerable.Range(0, 80).Select(i => HeldOutPairsTests.Thumb($"question {i}", i % 2 == 0 ? "good" : "bad", up: i % 2 == 0));
        var heldOut = await Blobs.PutAsync(new MemoryStream(DatasetJson.WriteRows(rows)), CancellationToken.None);
        var manifest = new DatasetManifest("p", heldOut, heldOut, 0, 80, 0, 0, [], new Dictionary<string, int>());
        var dataset = await Blobs.PutAsync(new MemoryStream(DatasetJson.Write(manifest)), CancellationToken.None);

        var evidence = await EvaluateAsync(await CommandAsync(candidate: 0.6, champion: 0.4, anchor: 0.7) with { DatasetDigest = dataset });

        Assert.Equal((30, "held-out-feedback", heldOut), (evidence.Items.Count, Assert.Single(evidence.Header.Suites).Judge, evidence.Header.Suites[0].Digest));
        Assert.All(evidence.Items, item => Assert.Equal((1.0, 0.0), (item.VersusChampion!.Outcome, item.VersusAnchor!.Outcome)));
        Assert.Equal("dataset-unreadable", (await Assert.ThrowsAsync<JobFailedException>(async () => await EvaluateAsync(await CommandAsync(0.6, 0.4, 0.7)))).Code);
    }

    [Fact]
    public async Task RunAsync_AnUnknownVerifier_FailsWithTheNamesThereAre()
    {
        _section = _section with { Verifier = "vibes" };
        var fault = await Assert.ThrowsAsync<JobFailedException>(async () => await EvaluateAsync(await CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal("unknown-verifier", fault.Code);
        Assert.Contains("contains, exact-match", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ABrokenSuite_FailsWithFileLineAndFault()
    {
        File.AppendAllText(Path.Combine(_folder, "behaviour.jsonl"), "{\"id\": 3}\n");
        var fault = await Assert.ThrowsAsync<JobFailedException>(async () => await EvaluateAsync(await CommandAsync(0.9, 0.2, 0.5)));
        Assert.Equal(("suite-broken", $"behaviour.jsonl: line {ItemCount + 1}: id is not a text, or an empty one."), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task RunAsync_ASuiteThatIsNotThere_Fails()
    {
        _section = _section with { Suites = [new SuiteSection { Name = "x", File = "x.jsonl" }] };
        Assert.Equal("suite-missing", (await Assert.ThrowsAsync<JobFailedException>(async () => await EvaluateAsync(await CommandAsync(0.9, 0.2, 0.5)))).Code);
    }

    [Fact]
    public async Task RunAsync_StoppedInTheSecondModel_GoesOnThereAndGivesTheSameBytes()
    {
        var command = await CommandAsync(0.9, 0.2, 0.5);
        var undisturbed = (await EvaluateAsync(command)).Write();
        _progress.Checkpoint = null;
        _engine.Loaded.Clear();

        using var stop = new CancellationTokenSource();
        _engine.BeforeGenerating = () =>
        {
            if (_engine.Loaded.Count == 2) stop.Cancel();
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => EvaluateAsync(command, stop.Token));
        _engine.BeforeGenerating = () => { };
        _engine.Loaded.Clear();

        Assert.Equal(undisturbed, (await EvaluateAsync(command)).Write());
        Assert.Equal([command.Champion.Adapter!, command.Anchor.Adapter!], _engine.Loaded);
        Assert.Equal(1, _progress.Fraction, 9);
    }

    private async Task<EvidenceFile> EvaluateAsync(EvaluateCandidate command, CancellationToken cancellationToken = default)
    {
        var handler = new EvaluateJob(new Definitions(_section, _folder), Blobs, _engine, new VerifierCatalogue([]), _services.GetRequiredService<JudgePanel>(), TimeProvider.System, NullLogger<EvaluateJob>.Instance);
        var job = new JobContext("j", command.RunId, JsonSerializer.Serialize(command), 1, _progress.Checkpoint, _folder, _progress);
        var result = await handler.RunAsync(job, cancellationToken);
        var digest = await _services.GetRequiredService<IDatabase>().WriteAsync(
            async (work, token) =>
            {
                await work.Connection.ExecuteAsync("delete from evaluation_evidence", transaction: work.Transaction);
                await result.Commit(work, token);
                return await work.Connection.QuerySingleAsync<string>("select evidence_digest from evaluation_evidence where run_id = @RunId", new { command.RunId }, work.Transaction);
            },
            cancellationToken);
        return EvidenceFile.Read(await Blobs.ReadTextAsync(digest, cancellationToken));
    }

    private async Task<EvaluateCandidate> CommandAsync(double candidate, double champion, double anchor)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_folder, "checkpoint")).FullName;
        BpeTrainer.Train(["good bad question one two three"], 300, ChatTemplate.Compact).Save(directory);
        var checkpoint = await Blobs.PutDirectoryAsync(directory, CancellationToken.None);
        return new EvaluateCandidate(
            "r-1", "p", "definition", await ModelAsync(checkpoint, "candidate", candidate), await ModelAsync(checkpoint, "champion", champion), await ModelAsync(checkpoint, "anchor", anchor), 7);
    }

    private async Task<ModelRef> ModelAsync(string checkpoint, string name, double probability)
    {
        var directory = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "name.txt"), name);
        await File.WriteAllTextAsync(Path.Combine(directory, ScriptedEngine.ProbabilityFile), probability.ToString(CultureInfo.InvariantCulture));
        return new ModelRef(checkpoint, await Blobs.PutDirectoryAsync(directory, CancellationToken.None));
    }

    private void WriteSuite(string name, int items) => File.WriteAllLines(
        Path.Combine(_folder, $"{name}.jsonl"),
        Enumerable.Range(0, items).Select(i => $$$"""{"id": "i{{{i:000}}}", "slice": "s{{{i % 2}}}", "prompt": [{"role": "user", "content": "question {{{i}}}"}], "expect": {"contains": "good"}}"""));

    private sealed class Definitions(EvaluationSection section, string directory) : IPipelineDefinitions
    {
        public Task<T> SectionAsync<T>(string definitionDigest, CancellationToken cancellationToken) where T : class, new() => Task.FromResult((T)(object)section);

        public Task<string> DirectoryAsync(string definitionDigest, CancellationToken cancellationToken) => Task.FromResult(directory);
    }

    private sealed class Progress : IJobProgress
    {
        public double Fraction { get; private set; }

        public string? Checkpoint { get; set; }

        public Task ReportAsync(double fraction, string detail, CancellationToken cancellationToken)
        {
            Fraction = fraction;
            return Task.CompletedTask;
        }

        public Task CheckpointAsync(string checkpoint, CancellationToken cancellationToken)
        {
            Checkpoint = checkpoint;
            return Task.CompletedTask;
        }
    }
}
