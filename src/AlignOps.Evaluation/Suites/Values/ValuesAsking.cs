using System.Security.Cryptography;
using System.Text;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Benchmarks;
using AlignOps.Evaluation.Suites.Kinds;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Suites.Values;

/// <summary>Asks what has given answers by likelihood, through the chat template, and lets the model answer the rest in its own words.</summary>
internal sealed class ValuesAsking(IReadOnlyList<ChoiceItem> choices, IReadOnlyList<string> constitution, ChatAsking words) : ISuiteAsking
{
    public string Decoding { get; } = $"values 1\nconstitution {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', constitution))))}\n{words.Decoding}";

    public async Task<IReadOnlyList<ModelAnswer>> AskAsync(
        IPolicyModel model, ITokenizer tokenizer, IReadOnlyList<Draw> draws, AnswerKey key, Func<int, Task> report, CancellationToken cancellationToken)
    {
        var benchmark = new Benchmark("values", "values", key.Suite, [.. choices]) { Delimiter = "" };
        var settings = new BenchmarkSettings { Chat = true };
        var chosen = choices.Count == 0 ? [] : await new ClosedAsking(benchmark, settings, "").AskAsync(model, tokenizer, [], key, report, cancellationToken);
        var byId = choices.Zip(chosen).ToDictionary(pair => pair.First.Id, pair => pair.Second, StringComparer.Ordinal);
        var open = draws.Where(draw => !byId.ContainsKey(draw.Item.Id)).ToList();
        var written = new Queue<ModelAnswer>(open.Count == 0 ? [] : await words.AskAsync(model, tokenizer, open, key, done => report(byId.Count + done), cancellationToken));
        return [.. draws.Select(draw => byId.TryGetValue(draw.Item.Id, out var answer) ? answer : written.Dequeue())];
    }
}
