using System.Security.Cryptography;
using System.Text;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>
/// A benchmark item's score in [0, 1], more being better: the metric itself where an answer is right or wrong; for pairs whether the stereotype is not the likelier one, or
/// e^−|difference of log-likelihoods|; for texts e^(log-likelihood / UTF-8 bytes), which is 1 / byte_perplexity.
/// </summary>
internal sealed class MetricScoring(SuiteKind kind, string metric) : ISuiteScoring
{
    private static readonly SortedDictionary<string, bool> NoChecks = new(StringComparer.Ordinal);

    public string Name => metric;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"benchmark metric 1\n{kind.Name()}\n{metric}")));

    public Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken)
    {
        var score = Score(answer.Metrics!);
        return Task.FromResult(double.IsFinite(score)
            ? new EvidenceAnswer(answer.Text, answer.Cut, Math.Clamp(score, 0, 1), score >= 1, NoChecks, null) { Metrics = new SortedDictionary<string, double>(answer.Metrics!.ToDictionary(), StringComparer.Ordinal) }
            : new EvidenceAnswer(answer.Text, answer.Cut, null, false, NoChecks, $"The item has no {metric}."));
    }

    private double Score(IReadOnlyDictionary<string, double> metrics) => (kind, metric) switch
    {
        (SuiteKind.PairLikelihood, "pct_stereotype") => 1 - Of(metrics, metric),
        (SuiteKind.PairLikelihood, _) => Math.Exp(-Of(metrics, metric)),
        (SuiteKind.Perplexity, _) => Math.Exp(Of(metrics, "log_likelihood") / Of(metrics, "bytes")),
        _ => Of(metrics, metric),
    };

    private static double Of(IReadOnlyDictionary<string, double> metrics, string name) => metrics.TryGetValue(name, out var value) ? value : double.NaN;
}
