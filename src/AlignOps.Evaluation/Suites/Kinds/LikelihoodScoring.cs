using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Benchmarks.Asking;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Platform.Blobs;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>
/// GPTScore (arXiv 2302.04166): how likely a scoring policy, which is neither candidate nor champion, finds the answer after a template that says what is wanted. The score is
/// e^(mean log-probability a token), in [0, 1]; an answer without tokens scores 0.
/// </summary>
/// <param name="scorer">The policy that scores: the same one for every run of a base.</param>
/// <param name="template">With {question}, perhaps {reference} (of expect.reference), and {answer} at its end.</param>
internal sealed class LikelihoodScoring(IPolicyEngine engine, IBlobStore blobs, ModelRef scorer, string template) : ISuiteScoring
{
    public const string DefaultTemplate = "Question: {question}\nA helpful, correct and polite answer: {answer}";
    public const string Answer = "{answer}";

    private static readonly SortedDictionary<string, bool> NoChecks = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Item, string Text), (double Log, int Tokens)> _likelihoods = [];

    public string Name => "gpt-score";

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"gpt-score 1\n{scorer.Checkpoint}\n{scorer.Adapter}\n{engine.Name}\n{template}")));

    public async Task PrepareAsync(IReadOnlyList<(Draw Draw, ModelAnswer Answer)> answers, CancellationToken cancellationToken)
    {
        var checkpoint = await blobs.MaterializeAsync(scorer.Checkpoint, cancellationToken);
        using var policy = engine.Load(checkpoint, scorer.Adapter is { } adapter ? await blobs.MaterializeAsync(adapter, cancellationToken) : null);
        var likelihood = new TextLikelihood(policy, Tokenizer.Load(checkpoint), beginOfText: policy.Config.BosTokenId is not null);
        var asked = answers.Where(one => one.Answer.Unasked is null).DistinctBy(one => (one.Draw.Item.Id, one.Answer.Text)).ToList();
        var requests = asked.Select(one => one.Answer.Text.Length == 0 ? null : likelihood.Encode(Before(one.Draw.Item).TrimEnd(), " " + one.Answer.Text)).ToList();
        var run = new Queue<Likelihood>(await Task.Run(() => likelihood.Run([.. requests.OfType<LikelihoodRequest>()], cancellationToken), cancellationToken));
        foreach (var (one, request) in asked.Zip(requests))
        {
            _likelihoods[(one.Draw.Item.Id, one.Answer.Text)] = request is null ? (0, 0) : (run.Dequeue().LogLikelihood, request.Continuation.Length);
        }
    }

    public Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken)
    {
        var (log, tokens) = _likelihoods[(draw.Item.Id, answer.Text)];
        var score = tokens == 0 ? 0 : Math.Exp(log / tokens);
        return Task.FromResult(double.IsFinite(score)
            ? new EvidenceAnswer(answer.Text, answer.Cut, score, false, NoChecks, null) { Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["log_likelihood"] = log, ["tokens"] = tokens } }
            : new EvidenceAnswer(answer.Text, answer.Cut, null, false, NoChecks, "The answer is longer than the scoring policy's positions."));
    }

    /// <summary>The template up to the answer, filled in. Placeholders within what people wrote stay as they are.</summary>
    private string Before(SuiteItem item)
    {
        var reference = item.Expect is { } expect && expect.TryGetProperty("reference", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var head = template[..template.IndexOf(Answer, StringComparison.Ordinal)];
        return string.Concat(head.Split("{question}").Select((part, i) => (i == 0 ? "" : item.Prompt[^1].Content) + string.Join(reference, part.Split("{reference}"))));
    }
}
