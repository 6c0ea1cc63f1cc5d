using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Live;
using AlignOps.Evaluation.Qualification.Examinations;
using AlignOps.Evaluation.Qualification.Standings;
using AlignOps.Inference.Endpoints;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Jobs;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Inference;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlignOps.Tests.Evaluation.Qualification;

/// <summary>Examinations and standings over a real database, with an endpoint that a test speaks for.</summary>
public sealed class JudgeWatchTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-watch-").FullName;
    private readonly ServiceProvider _services;
    private Func<string, string, string?> _verdict = Honest;
    private int _asked;

    public JudgeWatchTests() => _services = new ServiceCollection()
        .AddLogging()
        .AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") })
        .AddSingleton<IChatEndpoints>(new Endpoints(this))
        .AddEvaluation()
        .BuildServiceProvider();

    private static JudgeSection Judge => new()
    {
        Name = "house", Url = "http://127.0.0.1:1/v1", Model = "m", Concurrency = 8, MaxTokens = 50, Decides = true, Budget = new JudgeBudgetSection { Tokens = 10_000_000 },
        Qualification = new QualificationSection { Repeated = 24, Attacked = 2, PositionPreference = 0.5, LongerThanPeople = 0.4 },
    };

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
    public async Task AJudge_ExaminedAndUnchanged_MayDecide_AndIsAskedAfreshInEveryRun()
    {
        Assert.Equal("not-examined", (await LookAsync(Judge, "r-0")).Standing);
        Assert.Equal(0, _asked);

        var end = await ExamineAsync(Judge);
        Assert.Equal((JudgeExamination.Certified, true), (end.State, end.Qualified));
        Assert.Equal(2 * (40 + (24 * 2) + (2 * 19)), _asked);

        var first = await LookAsync(Judge, "r-1");
        Assert.Equal(("qualified", "x-1", true), (first.Standing, first.Certificate, first.Decides));
        Assert.Equal(["quality"], first.Suites);
        var asked = _asked;
        await LookAsync(Judge, "r-1");
        Assert.Equal(asked, _asked);
        await LookAsync(Judge, "r-2");
        Assert.Equal(asked + 48, _asked);
    }

    [Fact]
    public async Task AJudge_ThatChangedBehindItsName_HasDrifted_UntilItIsExaminedAgain()
    {
        await ExamineAsync(Judge);
        _verdict = (_, _) => "A";
        Assert.Equal("drifted", (await LookAsync(Judge, "r-1")).Standing);

        _verdict = Honest;
        var asked = _asked;
        var later = await LookAsync(Judge, "r-2");
        Assert.Equal(("drifted", asked), (later.Standing, _asked));
        Assert.Contains("as run r-1 found", later.Sentence, StringComparison.Ordinal);

        await ExamineAsync(Judge, "x-2");
        Assert.Equal(("qualified", "x-2"), (await LookAsync(Judge, "r-3") is var now ? now.Standing : "", now.Certificate));
    }

    [Fact]
    public async Task AJudge_WithAnotherRubric_IsAnotherJudge_AndOtherLimitsNeedNoOtherExamination()
    {
        await ExamineAsync(Judge);
        var other = await LookAsync(Judge with { Rubric = "The shorter one." }, "r-1");
        Assert.Equal("not-examined", other.Standing);
        Assert.Contains("its prompt, model, parameters or parser have changed since", other.Sentence, StringComparison.Ordinal);

        var strict = await LookAsync(Judge with { Qualification = Judge.Qualification with { PositionConsistency = 1 } }, "r-2");
        Assert.Equal("failed", strict.Standing);
        Assert.Contains("decided alike in both orders", strict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJudge_ThatCannotBeAskedAgain_IsReportOnlyForThatRun()
    {
        await ExamineAsync(Judge);
        _verdict = (_, _) => null;
        var line = await LookAsync(Judge, "r-1");
        Assert.Equal("drift-unmeasured", line.Standing);
        Assert.Contains("not heard in enough of them", line.Sentence, StringComparison.Ordinal);

        _verdict = Honest;
        Assert.Equal("qualified", (await LookAsync(Judge, "r-2")).Standing);
    }

    [Fact]
    public async Task AnExamination_CutShort_EndsWithoutACertificate_ByName()
    {
        var poor = await ExamineAsync(Judge with { Qualification = Judge.Qualification with { Budget = new JudgeBudgetSection { Tokens = 6_000 } } });
        Assert.Equal((JudgeExamination.Failed, "budget-exhausted", false), (poor.State, poor.Code, poor.Qualified));

        _verdict = (_, _) => null;
        var down = await ExamineAsync(Judge, "x-2");
        Assert.Equal((JudgeExamination.Failed, "judge-down"), (down.State, down.Code));
        var line = await LookAsync(Judge, "r-1");
        Assert.Equal("not-examined", line.Standing);
        Assert.Contains("judge-down", line.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnExamination_GoesOnAfterItsWorkerDied_WithoutAskingTwice()
    {
        await ExamineAsync(Judge, end: false);
        var asked = _asked;
        var again = await ExamineAsync(Judge);
        Assert.Equal((JudgeExamination.Certified, asked), (again.State, _asked));
    }

    [Fact]
    public async Task AVerifier_NeedsNoExamination()
    {
        var line = await LookAsync(new JudgeSection { Name = "rule", Kind = JudgeKind.Verifier, Verifier = "regex", Decides = true }, "r-1");
        Assert.Equal("qualified", line.Standing);
    }

    private async Task<EvidenceJudge> LookAsync(JudgeSection judge, string run)
    {
        var section = new EvaluationSection { Judges = [judge], Suites = [new SuiteSection { Name = "quality", Role = SuiteRole.Preference }, new SuiteSection { Name = "ability", Role = SuiteRole.Regression }] };
        return Assert.Single(await _services.GetRequiredService<JudgeWatch>().LookAsync(section, run, "p", _folder, CancellationToken.None));
    }

    private async Task<ExaminationEnd> ExamineAsync(JudgeSection judge, string id = "x-1", bool end = true)
    {
        var (database, blobs) = (_services.GetRequiredService<IDatabase>(), _services.GetRequiredService<IBlobStore>());
        var labels = await blobs.PutTextAsync(Labels(), CancellationToken.None);
        var digest = await _services.GetRequiredService<JudgeOpener>().DigestAsync(judge, CancellationToken.None);
        var row = new JudgeExamination { ExaminationId = id, Pipeline = "p", Judge = judge.Name, JudgeDigest = digest, LabelsBlob = labels, LabelsDigest = labels, State = JudgeExamination.Asked, At = id[^1] };
        await using (var connection = await database.OpenReadAsync(CancellationToken.None))
        {
            if (await ExaminationStore.FindAsync(connection, id, CancellationToken.None) is null) await database.WriteAsync(async (work, token) => { await ExaminationStore.AddAsync(work, row, token); return 0; }, CancellationToken.None);
        }

        var job = new ExamineJob(new Definitions(new EvaluationSection { Judges = [judge] }, _folder), blobs, _services.GetRequiredService<JudgeOpener>(), TimeProvider.System, NullLogger<ExamineJob>.Instance);
        var result = await job.RunAsync(new JobContext("j", id, JsonSerializer.Serialize(new ExamineJudge(id, "p", "definition", judge.Name, labels)), 1, null, _folder, new EvaluationWorld.JobProgress()), CancellationToken.None);
        if (end) await database.WriteAsync(async (work, token) => { await result.Commit(work, token); return 0; }, CancellationToken.None);
        await using var reading = await database.OpenReadAsync(CancellationToken.None);
        var found = await ExaminationStore.FindAsync(reading, id, CancellationToken.None);
        return new ExaminationEnd(found!.State, found.Code, found.Reason, found.CertificateDigest, found.Qualified == 1, found.Figures);
    }

    /// <summary>Forty pairs; the answer that is good says so, in either place.</summary>
    private static string Labels() => string.Join('\n', Enumerable.Range(0, 40).Select(i => JsonSerializer.Serialize(new
    {
        id = $"l{i}", prompt = $"Question {i}?", first = Text(i, i % 2 == 0), second = Text(i, i % 2 != 0), people = new[] { i % 2 == 0 ? "first" : "second" },
    })));

    /// <summary>Half of the good answers are the longer ones.</summary>
    private static string Text(int i, bool good) => string.Create(CultureInfo.InvariantCulture, $"{(good ? "worthy" : "poor")} {i}{(good == i % 4 < 2 ? " and some forty characters more to be long" : "")}");

    private static string Honest(string first, string second) => (first.Contains("worthy", StringComparison.Ordinal), second.Contains("worthy", StringComparison.Ordinal)) switch { (true, false) => "A", (false, true) => "B", _ => "TIE" };

    private sealed class Definitions(EvaluationSection section, string directory) : IPipelineDefinitions
    {
        public Task<T> SectionAsync<T>(string definitionDigest, CancellationToken cancellationToken) where T : class, new() => Task.FromResult((T)(object)section);

        public Task<string> DirectoryAsync(string definitionDigest, CancellationToken cancellationToken) => Task.FromResult(directory);
    }

    private sealed class Endpoints(JudgeWatchTests test) : IChatEndpoints
    {
        public IChatEndpoint Open(EndpointOptions options) => new ScriptedEndpoint((request, _, _) =>
        {
            Interlocked.Increment(ref test._asked);
            var text = request.Turns[^1].Content;
            string Answer(string place) => Regex.Match(text, $@"<<<ANSWER {place} ([0-9a-f]+)>>>\n(.*?)\n<<<END OF ANSWER {place} \1>>>", RegexOptions.Singleline).Groups[2].Value;
            return Task.FromResult(test._verdict(Answer("A"), Answer("B")) is { } verdict ? ScriptedEndpoint.Says($"Reasons.\n[[{verdict}]]") : ScriptedEndpoint.Body(401, ""));
        });
    }
}
