using System.Globalization;
using System.Text;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Benchmarks.Formats;
using AlignOps.Tests.Evaluation.Benchmarks.Closed;

namespace AlignOps.Benchmarks.Proofs.Closed;

/// <summary><c>eval.closed</c>: closed benchmarks are what lm-evaluation-harness says they are; gold answers are all right, corrupted ones as wrong as they were made.</summary>
internal sealed class ClosedProof : IProof
{
    private const double Tolerance = 1e-6;

    public string Name => "eval.closed";

    public string Claim => "multiple choice, pair likelihood, perplexity and exact match equal lm-evaluation-harness' own code within 1e-6; gold answers score 1 and corrupted copies their known score";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var golden = ClosedGolden.Read();
        var holds = Compare("multiple choice (log-likelihoods, acc, acc_norm, acc_bytes, acc_mutual_info, brier_score)", ClosedGolden.Choice(golden))
            & Compare("pair likelihood (pct_stereotype, likelihood_diff)", ClosedGolden.Pairs(golden))
            & Compare("perplexity (rolling log-likelihoods, word_perplexity, byte_perplexity, bits_per_byte)", ClosedGolden.Texts(golden))
            & Compare("exact match (gsm8k's two filters and its normalisation, the options of exact_match)", ClosedGolden.Answers(golden, await SumsAsync(cancellationToken)));
        holds &= Score("exact match", await SumsAsync(cancellationToken), item => ((ExactItem)item).Prompt, item => ((ExactItem)item).Targets[0], "It is\n#### 999");
        holds &= Score("multiple choice", await SuccessorsAsync(cancellationToken), item => ((ChoiceItem)item).Context, item => ((ChoiceItem)item).Choices[((ChoiceItem)item).Gold[0]], "nought");
        return holds;
    }

    private static bool Compare(string what, IEnumerable<Comparison> comparisons)
    {
        var all = comparisons.ToList();
        var worst = all.MaxBy(one => one.Error);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {all.Count} values, largest error {worst.Error:0.0e0}{(worst.Error > Tolerance ? $" in {worst.What}" : "")}"));
        return all.Count > 0 && worst.Error <= Tolerance;
    }

    /// <summary>A model that knows the answers, then one whose every fourth answer was replaced.</summary>
    private static bool Score(string what, Benchmark benchmark, Func<BenchmarkItem, string> question, Func<BenchmarkItem, string> answer, string wrong)
    {
        var gold = benchmark.Items.ToDictionary(question, answer);
        var corrupted = gold.Select((pair, i) => (pair.Key, Value: i % 4 == 0 ? wrong : pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value);
        var known = 1 - (double)((gold.Count + 3) / 4) / gold.Count;
        var (all, rest) = (First(benchmark, gold), First(benchmark, corrupted));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {gold.Count} items: gold answers {all:0.0 %}, a copy with every fourth replaced {rest:0.0 %} (known: {known:0.0 %})"));
        return all == 1 && Math.Abs(rest - known) < 1e-12;
    }

    private static double First(Benchmark benchmark, Dictionary<string, string> answers) =>
        new BenchmarkRunner(new AnswerBook(answers), new ByteTokenizer(), new BenchmarkSettings()).Run(benchmark, _ => { }, CancellationToken.None).All[0].Value;

    private static Task<Benchmark> SumsAsync(CancellationToken cancellationToken) => ReadAsync(
        Enumerable.Range(0, 100).Select(i => $$"""{"id": "{{i}}", "question": "What is {{i}} and {{7 * i}}?", "answer": "They are {{8 * i}}.\n#### {{8 * i}}"}"""), cancellationToken);

    private static Task<Benchmark> SuccessorsAsync(CancellationToken cancellationToken) => ReadAsync(
        Enumerable.Range(0, 100).Select(i => $$"""{"id": "{{i}}", "context": "The number after {{i}} is", "choices": ["nought", "{{i + 1}}", "none{{i}}"], "answer": 1}"""), cancellationToken);

    private static async Task<Benchmark> ReadAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var reading = await BenchmarkReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "known", null, cancellationToken);
        return reading.Benchmark ?? throw new InvalidDataException(string.Join(' ', reading.Faults));
    }
}
