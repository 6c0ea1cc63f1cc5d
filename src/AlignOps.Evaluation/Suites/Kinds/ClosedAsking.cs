using System.Globalization;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>A benchmark's questions: likelihoods of what stands in the file, or an answer written greedily.</summary>
/// <param name="shots">Digest of the solved examples and their number; empty without.</param>
internal sealed class ClosedAsking(Benchmark benchmark, BenchmarkSettings settings, string shots) : ISuiteAsking
{
    public string Decoding { get; } = string.Create(
        CultureInfo.InvariantCulture, $"benchmark 1\nformat {benchmark.Format}\nchat {settings.Chat}\nmax_new_tokens {settings.MaxNewTokens}\nshots {shots}");

    public async Task<IReadOnlyList<ModelAnswer>> AskAsync(
        IPolicyModel model, ITokenizer tokenizer, IReadOnlyList<Draw> draws, AnswerKey key, Func<int, Task> report, CancellationToken cancellationToken)
    {
        var runner = new BenchmarkRunner(model, tokenizer, settings);
        List<ModelAnswer> answers = [];
        foreach (var results in runner.Results(benchmark, cancellationToken))
        {
            answers.AddRange(results.Select(Answer));
            await report(answers.Count);
        }

        return answers;
    }

    private static ModelAnswer Answer(ItemResult result) =>
        new(result.Unscored is null ? Text(result) : "", result.Truncated, result.Unscored, result.Unscored is null ? Metrics(result) : null);

    private static Dictionary<string, double> Metrics(ItemResult result) => result.Units is { } units
        ? new() { ["log_likelihood"] = units.LogLikelihood, ["bytes"] = units.Bytes, ["words"] = units.Words }
        : result.Metrics.ToDictionary();

    /// <summary>What the model chose or wrote; nothing where it only found a text likely.</summary>
    private static string Text(ItemResult result) => result.Item switch
    {
        ChoiceItem choice => choice.Choices[Likeliest((double[])result.Outputs["log_likelihoods"])],
        PairItem pair => Likeliest((double[])result.Outputs["log_likelihoods"]) == 0 ? pair.MoreStereotyped : pair.LessStereotyped,
        ExactItem => (string)result.Outputs["answer"],
        _ => "",
    };

    private static int Likeliest(double[] logs) => Array.IndexOf(logs, logs.Max());
}
