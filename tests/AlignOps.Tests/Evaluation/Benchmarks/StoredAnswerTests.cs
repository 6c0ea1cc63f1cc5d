using System.Text;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;
using AlignOps.Evaluation.Results;
using AlignOps.Rewards.Sandbox.Linux;

namespace AlignOps.Tests.Evaluation.Benchmarks;

public sealed class StoredAnswerTests
{
    private const string Rows = """
        {"key": 7, "prompt": "Say it.", "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words", "keywords:existence"], "kwargs": [{}, {"num_words": 2, "relation": "at least"}, {"keywords": ["it"]}]}
        {"key": 8, "prompt": "Say it.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{"num_words": null}]}
        {"key": 9, "prompt": "Say it.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{}]}
        """;

    [Fact]
    public async Task Score_OfInstructions_CountsPromptsAndInstructions()
    {
        var result = StoredAnswers.Score(await ReadAsync(Rows), new Dictionary<string, string> { ["7"] = "Well, here it is", ["8"] = "Here" }, new BenchmarkSettings(), CancellationToken.None);
        var metrics = result.All.ToDictionary(one => one.Name, one => one.Value);
        Assert.Equal("ifeval", result.Benchmark.Format);
        Assert.Equal(1, result.Unscored);
        Assert.Equal(0.5, metrics["prompt_level_strict_acc"]);

        // Three of four instructions, and not the mean of the two prompts' shares.
        Assert.Equal(0.75, metrics["inst_level_strict_acc"], 1e-12);
        Assert.Contains("\"strict\":[false,true,true]", BenchmarkResults.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_OfPrograms_NamesTheirStatesOrSaysWhyNothingRan()
    {
        var benchmark = await ReadAsync("""{"id": "a", "prompt": "Print 5.", "code": {"tests": [{"stdout": "5"}]}}""");
        var result = StoredAnswers.Score(benchmark, new Dictionary<string, string> { ["a"] = "```python\nprint(5)\n```" }, new BenchmarkSettings(), CancellationToken.None);
        Assert.Equal("code", benchmark.Format);
        if (LinuxSandbox.Shared.Protection.Available && File.Exists("/usr/bin/python3"))
        {
            Assert.Equal([("pass", 1.0), ("tests_passed", 1.0)], result.All.Select(one => (one.Name, one.Value)));
            Assert.Contains("network-namespace", result.Guards!);
        }
        else
        {
            Assert.StartsWith("sandbox-unavailable: ", result.Items[0].Unscored, StringComparison.Ordinal);
            Assert.Empty(result.All);
        }
    }

    [Theory]
    [InlineData("""{"prompt": "x", "instruction_id_list": ["startend:rhyme"], "kwargs": [{}]}""")]
    [InlineData("""{"prompt": "x", "instruction_id_list": ["punctuation:no_comma"], "kwargs": []}""")]
    [InlineData("""{"prompt": "x", "code": {"tests": []}}""")]
    public async Task Read_OfARowThatCannotBeChecked_IsAFault(string row)
    {
        var reading = await BenchmarkReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(row)), "b", null, CancellationToken.None);
        Assert.Null(reading.Benchmark);
        Assert.Single(reading.Faults);
    }

    [Fact]
    public void Read_OfAnswers_TellsEveryFault()
    {
        var (answers, faults) = StoredAnswers.Read("{\"id\": 1, \"answer\": \"a\"}\n\nno json\n{\"id\": \"1\", \"answer\": \"b\"}\n{\"id\": \"2\"}\n");
        Assert.Equal("a", Assert.Single(answers).Value);
        Assert.Equal([3, 4, 5], faults.Select(fault => int.Parse(fault.Split(' ', ':')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Benchmark> ReadAsync(string rows)
    {
        var reading = await BenchmarkReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(rows)), "b", null, CancellationToken.None);
        Assert.Empty(reading.Faults);
        return reading.Benchmark!;
    }
}
