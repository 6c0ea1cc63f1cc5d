using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Data;
using AlignOps.Evaluation;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Evaluation.Suites;
using AlignOps.Inference.Endpoints;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Inference;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.Llm;

/// <summary>Judges on a real database, with an endpoint that a test speaks for.</summary>
public sealed class JudgePanelTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-judges-").FullName;
    private readonly ServiceProvider _services;
    private Func<string, int, EndpointReply> _says = (_, _) => ScriptedEndpoint.Says("[[TIE]]");
    private int _asked;

    public JudgePanelTests() => _services = new ServiceCollection()
        .AddLogging()
        .AddPlatform(new PlatformOptions { DataFolder = Path.Combine(_folder, "data") })
        .AddSingleton<IChatEndpoints>(new Endpoints(this))
        .AddEvaluation()
        .BuildServiceProvider();

    private static JudgeSection Judge => new() { Name = "house", Url = "http://127.0.0.1:1/v1", Model = "m", Concurrency = 4, MaxTokens = 50, Budget = new JudgeBudgetSection { Tokens = 1_000_000 } };

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
    public async Task ReportAsync_AJudgeThatPrefersGood_SeesEachPairInBothOrdersAndKeepsWhatItSaid()
    {
        _says = (text, _) => ScriptedEndpoint.Says(text.IndexOf("\n\"good", StringComparison.Ordinal) < text.IndexOf("\n\"bad", StringComparison.Ordinal) ? "Kinder.\n[[A]]" : "Kinder.\n[[B]]");
        var report = await ReportAsync(Judge, 10);

        Assert.Equal((10, 10, 1.0, 0, 1.0, 20), (report.Comparisons, report.Scored, report.WinRate, report.Inconsistent, report.Agreement, _asked));
        Assert.InRange(report.Lower!.Value, 0.3, 1);
        Assert.Equal(20, report.Calls["answered"]);
        var lines = (await _services.GetRequiredService<IBlobStore>().ReadTextAsync(report.Details!, CancellationToken.None)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(LlmJudge.Identity(Judge), lines[0]);
        var pair = JsonSerializer.Deserialize<JsonElement>(lines[1]);
        Assert.Equal(("Kinder.\n[[A]]", "Kinder.\n[[B]]"), (Raw(pair, "candidateFirst"), Raw(pair, "championFirst")));
        Assert.StartsWith("Judge house (m) reports, and decides nothing: win rate 1 (", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportAsync_ASecondTime_CostsNothingAndSaysTheSame()
    {
        _says = (text, _) => text.Length % 3 == 0 ? ScriptedEndpoint.Says("Well, A is nice.") : text.Length % 3 == 1 ? ScriptedEndpoint.Says("[[A]]") : ScriptedEndpoint.Body(200, """{"choices":[{"message":{"content":null,"refusal":"no"}}]}""");
        var first = await ReportAsync(Judge, 12, "r-1");
        var asked = _asked;
        var second = await ReportAsync(Judge, 12, "r-2");

        Assert.Equal(asked, _asked);
        Assert.Equal((24, 0L), (second.Calls["cached"], second.Tokens));
        Assert.Equal((first.WinRate, first.Scored), (second.WinRate, second.Scored));
        Assert.Equal(first.Unscored, second.Unscored);
        Assert.True(first.Unscored.Count > 0);
    }

    [Fact]
    public async Task ReportAsync_AFlatteredFirstPlace_IsInconsistentAndHalf()
    {
        _says = (_, _) => ScriptedEndpoint.Says("[[A]]");
        var report = await ReportAsync(Judge, 6);
        Assert.Equal((0.5, 6), (report.WinRate, report.Inconsistent));
    }

    [Fact]
    public async Task ReportAsync_EqualAnswers_AreATieThatNobodyIsAsked()
    {
        var report = await _services.GetRequiredService<JudgePanel>().ReportAsync(Judge, "r-1", [Pair(0, "same", "same"), Pair(1, "", "", unanswered: true)], _ => Task.CompletedTask, CancellationToken.None);
        Assert.Equal((0.5, 0, 1, 1), (report.WinRate, _asked, report.Scored, report.Unscored["unanswered"]));
    }

    [Fact]
    public async Task ReportAsync_AKeyThatIsNotThere_ReportsNothingAndSaysWhy()
    {
        var report = await ReportAsync(Judge with { Key = "env:NOT_SET" }, 5);
        Assert.Equal((5, 0, null, 5), (report.Comparisons, report.Scored, report.Details, report.Unscored["key-missing"]));
        Assert.Contains("environment variable NOT_SET is not set", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportAsync_AnEndpointThatTurnsAllAway_IsWhollyUnscoredByName()
    {
        _says = (_, _) => ScriptedEndpoint.Body(401, "");
        var report = await ReportAsync(Judge, 40);
        Assert.Equal((0, 40), (report.Scored, report.Unscored.Values.Sum()));
        Assert.Equal(80, report.Calls.Values.Sum());
        Assert.Equal(["endpoint-down", "rejected"], report.Calls.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ReportAsync_TimeIsUp_LeavesTheRestUnscoredAndEnds()
    {
        var report = await ReportAsync(Judge with { TimeLimitMinutes = 0.2 / 60, Model = "silent" }, 20);
        Assert.Equal((0, 20), (report.Scored, report.Unscored["time-limit"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task ReportAsync_DecidedEarly_StopsAtTheSamePairHoweverTheCallsOverlap(int concurrency)
    {
        _says = (text, _) => ScriptedEndpoint.Says(text.IndexOf("\n\"good", StringComparison.Ordinal) < text.IndexOf("\n\"bad", StringComparison.Ordinal) ? "[[A]]" : "[[B]]");
        var report = await ReportAsync(Judge with { StopWhenDecided = 0.01, Concurrency = concurrency }, 150, $"r-{concurrency}");

        Assert.Equal((20, 130, 1.0), (report.Scored, report.Unscored["decided"], report.WinRate));
        Assert.InRange(_asked, 40, 2 * (20 + 2 * concurrency));
        Assert.EndsWith("It stopped after 20 of 150 pairs, when the candidate was proven better by its verdicts.", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportAsync_NeverDecided_AsksAboutEveryPair()
    {
        var report = await ReportAsync(Judge with { StopWhenDecided = 0.01 }, 60);
        Assert.Equal((60, 120), (report.Scored, _asked));
        Assert.DoesNotContain("stopped", report.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportAsync_AfterAProcessDiedInACall_GoesOnWithWhatIsLeftOfTheBudget()
    {
        var judge = Judge with { Budget = new JudgeBudgetSection { Tokens = 20_000 }, Concurrency = 1 };
        var record = new JudgeCallRecord(_services.GetRequiredService<IDatabase>(), TimeProvider.System, "r-1", LlmJudge.DigestOf(judge));
        await record.BeginAsync("a call without an end", new(18_000, 0), CancellationToken.None);
        var ended = await record.BeginAsync("another", new(500, 0.5m), CancellationToken.None);
        await record.EndAsync(ended, "another", AlignOps.Inference.Calls.CallOutcome.Answered, new(100, 0.25m), null, CancellationToken.None);
        Assert.Equal(new(18_100, 0.25m), await record.SpentAsync(CancellationToken.None));

        _says = (_, _) => ScriptedEndpoint.Says("[[A]]", 900, 50);
        var report = await ReportAsync(judge, 10);
        Assert.Equal((1, 19), (report.Calls["answered"], report.Calls["over-budget"]));
        Assert.InRange(report.Tokens, 19_000, 20_000);
        Assert.Equal(10, report.Unscored["over-budget"]);
        await using var connection = await _services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        Assert.Equal(2, await connection.QuerySingleAsync<int>("select count(*) from evaluation_judge_attempts where outcome = 'answered'"));
    }

    private static string? Raw(JsonElement pair, string order) => pair.GetProperty(order).GetProperty("calls")[0].GetProperty("raw").GetString();

    private Task<JudgeReport> ReportAsync(JudgeSection judge, int pairs, string run = "r-1") => _services.GetRequiredService<JudgePanel>().ReportAsync(
        judge, run, [.. Enumerable.Range(0, pairs).Select(i => Pair(i, $"good {i}", $"bad {new string('.', i)}"))], _ => Task.CompletedTask, CancellationToken.None);

    private static PairToJudge Pair(int number, string candidate, string champion, bool unanswered = false)
    {
        static EvidenceAnswer Answer(string text, double score) => new(text, false, score, true, new Dictionary<string, bool>(), null);
        var item = new SuiteItem($"i{number}", "all", null, [new ChatMessage("user", "q")], null);
        return new PairToJudge(
            item, new EvidenceItem("a", item.Id, 0, "all", null, "q", Answer(candidate, 1), Answer(champion, 0), null, new EvidenceComparison(1, true, null), null), unanswered);
    }

    private sealed class Endpoints(JudgePanelTests test) : IChatEndpoints
    {
        public IChatEndpoint Open(EndpointOptions options)
        {
            if (options.Key is { } key) SecretReference.Read(key, new EndpointRulesTests.Secrets(new Dictionary<string, string>()));
            return new ScriptedEndpoint(async (request, _, token) =>
            {
                if (options.Model == "silent") await Task.Delay(Timeout.Infinite, token);
                return test._says(request.Turns[1].Content, Interlocked.Increment(ref test._asked));
            });
        }
    }
}
