using System.Text;
using AlignOps.Data.Content;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;
using AlignOps.Evaluation.Results;
using AlignOps.Tests.Evaluation.Benchmarks.Closed;

namespace AlignOps.Tests.Evaluation.Benchmarks;

public sealed class ClosedBenchmarkTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Choice_IsWhatTheHarnessComputes() => AssertEqual(ClosedGolden.Choice(ClosedGolden.Read()), atLeast: 60 * 7);

    [Fact]
    public void Pairs_AreWhatTheHarnessComputes() => AssertEqual(ClosedGolden.Pairs(ClosedGolden.Read()), atLeast: 80);

    [Fact]
    public void Texts_InOneWindowAndInMany_AreWhatTheHarnessComputes() => AssertEqual(ClosedGolden.Texts(ClosedGolden.Read()), atLeast: 10);

    [Fact]
    public async Task Answers_ExtractedAndMatched_AreWhatTheHarnessComputes() =>
        AssertEqual(ClosedGolden.Answers(ClosedGolden.Read(), await ReadAsync("""{"question": "1 + 1?", "answer": "#### 2"}""")), atLeast: 600);

    [Fact]
    public async Task Run_GoldAnswers_AreAllRightAndCorruptedOnesWrong()
    {
        var lines = Enumerable.Range(0, 12).Select(i => $$"""{"question": "What is {{i}} and {{i}}?", "answer": "Twice.\n#### {{2 * i}}", "id": "q{{i}}"}""");
        var benchmark = await ReadAsync(string.Join('\n', lines));
        var right = benchmark.Items.Cast<ExactItem>().ToDictionary(item => item.Prompt, item => item.Targets[0]);
        var corrupted = right.Select((pair, i) => (pair.Key, Value: i % 4 == 0 ? "It is\n#### 99" : pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.All(Run(benchmark, right).All, metric => Assert.Equal(1, metric.Value));
        Assert.All(Run(benchmark, corrupted).All, metric => Assert.Equal(0.75, metric.Value));
    }

    [Fact]
    public async Task Run_ContextLongerThanThePositions_IsCutFromItsBeginningAndCounted()
    {
        var benchmark = await ReadAsync($$"""{"context": "{{new string('a', 500)}}", "choices": ["yes", "no"], "answer": "B"}""");
        var result = new BenchmarkRunner(new ByteTrigram(), new ByteTokenizer(), new BenchmarkSettings()).Run(benchmark, _ => { }, CancellationToken.None);
        Assert.Equal(1, result.Truncated);
        Assert.Equal(0, result.Unscored);
        Assert.Equal([1], Assert.IsType<ChoiceItem>(Assert.Single(benchmark.Items)).Gold);
    }

    [Fact]
    public async Task Run_ChoiceLongerThanThePositions_IsUnscoredNotWrong()
    {
        var benchmark = await ReadAsync($$"""{"context": "a", "choices": ["yes", "{{new string('n', 500)}}"], "answer": 0}""");
        var result = new BenchmarkRunner(new ByteTrigram(), new ByteTokenizer(), new BenchmarkSettings()).Run(benchmark, _ => { }, CancellationToken.None);
        Assert.Equal(1, result.Unscored);
        Assert.Empty(result.All);
        Assert.Contains("\"unscored\":\"A text", BenchmarkResults.Write(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}", "line 2: id a is the id of line 1 too.")]
    [InlineData("{\"nothing\": 1}", "line 1: no format has these keys.")]
    [InlineData("{\"text\": \"x\"}\n{\"question\": \"q\", \"choices\": [\"a\", \"b\"], \"answer\": 7}", "line 2: not an item of format text")]
    [InlineData("{\"question\": \"q\", \"choices\": [\"a\", \"b\"], \"answer\": 7}", "line 1: no format has these keys.")]
    [InlineData("", "the file has no items.")]
    [InlineData("{\"text\": \"x\", \"text\": \"y\"}", "line 1: not valid JSON")]
    public async Task Read_BrokenFile_NamesTheLine(string content, string fault)
    {
        var reading = await BenchmarkReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "broken", null, CancellationToken.None);
        Assert.Null(reading.Benchmark);
        Assert.StartsWith(fault, Assert.Single(reading.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"input\": [{\"role\": \"user\", \"content\": \"2 + 2?\"}], \"ideal\": [\"4\", \"four\"]}", "openai-evals")]
    [InlineData("{\"ctx\": \"He\", \"endings\": [\"runs\", \"flies\"], \"label\": \"1\"}", "choice")]
    [InlineData("{\"question\": \"Which?\", \"choices\": {\"text\": [\"a\", \"b\"], \"label\": [\"A\", \"B\"]}, \"answerKey\": \"B\"}", "choice")]
    [InlineData("id,sent_more,sent_less,bias_type\n0,\"a, b\",c,age\n1,d,e,gender", "crows-pairs")]
    [InlineData("{\"prompt\": \"Capital of France?\", \"targets\": [\"Paris\"]}", "exact")]
    public async Task Read_OthersFormats_AreDetected(string content, string format) => Assert.Equal(format, (await ReadAsync(content)).Format);

    [Fact]
    public async Task Read_Archive_IsRefused() =>
        await Assert.ThrowsAsync<ContentException>(() => BenchmarkReader.ReadAsync(new MemoryStream("PK\u0003\u0004"u8.ToArray()), "zip", null, CancellationToken.None));

    private static BenchmarkResult Run(Benchmark benchmark, Dictionary<string, string> answers) =>
        new BenchmarkRunner(new AnswerBook(answers), new ByteTokenizer(), new BenchmarkSettings()).Run(benchmark, _ => { }, CancellationToken.None);

    private static async Task<Benchmark> ReadAsync(string content)
    {
        var reading = await BenchmarkReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "test", null, CancellationToken.None);
        Assert.Empty(reading.Faults);
        return reading.Benchmark!;
    }

    private static void AssertEqual(IEnumerable<Comparison> comparisons, int atLeast)
    {
        var all = comparisons.ToList();
        Assert.True(all.Count >= atLeast, $"only {all.Count} comparisons");
        Assert.All(all, one => Assert.True(one.Error <= Tolerance, $"{one.What}: {one.Ours}, not {one.Theirs}"));
    }
}
