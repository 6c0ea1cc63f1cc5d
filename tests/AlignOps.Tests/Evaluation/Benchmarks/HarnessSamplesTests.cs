using System.Text;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;

namespace AlignOps.Tests.Evaluation.Benchmarks;

/// <summary>Files that lm-evaluation-harness and openai/evals write are read as suites.</summary>
public sealed class HarnessSamplesTests
{
    [Theory]
    [InlineData("""{"doc_id": 7, "doc": {"question": "2+2?"}, "target": 1, "arguments": {"gen_args_0": {"arg_0": "Q: 2+2?\nA:", "arg_1": " 3"}, "gen_args_1": {"arg_0": "Q: 2+2?\nA:", "arg_1": " 4"}, "gen_args_2": {"arg_0": "", "arg_1": " 3"}, "gen_args_3": {"arg_0": "", "arg_1": " 4"}}, "resps": [], "doc_hash": "x"}""")]
    [InlineData("""{"doc_id": 7, "doc": {}, "target": "4", "arguments": [["Q: 2+2?\nA:", " 3"], ["Q: 2+2?\nA:", " 4"]], "resps": []}""")]
    public async Task Read_SamplesOfMultipleChoice_AreTheChoicesThatWereAsked(string line)
    {
        var benchmark = await ReadAsync(line);
        var item = Assert.IsType<ChoiceItem>(Assert.Single(benchmark.Items));
        Assert.Equal(("7", "Q: 2+2?\nA:", "lm-eval-samples"), (item.Id, item.Context, benchmark.Format));
        Assert.Equal(["3", "4"], item.Choices);
        Assert.Equal([1], item.Gold);
    }

    [Fact]
    public async Task Read_SamplesOfGeneration_AreThePromptAndItsTarget()
    {
        var benchmark = await ReadAsync("""{"doc_id": 0, "doc": {}, "target": "Paris", "arguments": {"gen_args_0": {"arg_0": "Capital of France?", "arg_1": {"until": ["\n"], "do_sample": false}}}, "resps": [["Paris"]]}""");
        var item = Assert.IsType<ExactItem>(Assert.Single(benchmark.Items));
        Assert.Equal("Capital of France?", item.Prompt);
        Assert.Equal(["Paris"], item.Targets);
    }

    [Fact]
    public async Task Read_OpenAiEvals_AreConversationsWithTheirIdeals()
    {
        var benchmark = await ReadAsync("""{"input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Capital of France?"}], "ideal": ["Paris", "paris"]}""");
        var item = Assert.IsType<ExactItem>(Assert.Single(benchmark.Items));
        Assert.Equal(("openai-evals", "Be brief.\nCapital of France?"), (benchmark.Format, item.Prompt));
        Assert.Equal(["Paris", "paris"], item.Targets);
    }

    [Fact]
    public async Task Read_SamplesWithoutAGold_AreRefused() =>
        Assert.StartsWith("line 1: ", Assert.Single((await BenchmarkReader.ReadAsync(Content("""{"doc_id": 0, "target": 5, "arguments": [["a", " b"], ["a", " c"]]}"""), "s", "lm-eval-samples", CancellationToken.None)).Faults), StringComparison.Ordinal);

    private static async Task<Benchmark> ReadAsync(string line) => (await BenchmarkReader.ReadAsync(Content(line), "s", null, CancellationToken.None)).Benchmark!;

    private static MemoryStream Content(string line) => new(Encoding.UTF8.GetBytes(line));
}
