using System.Security.Cryptography;
using System.Text;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Suites.Kinds;

namespace AlignOps.Evaluation.Suites.Values;

/// <summary>What was chosen scores by the metric, what was written by the verifier.</summary>
internal sealed class ValuesScoring(MetricScoring chosen, VerifierScoring written) : ISuiteScoring
{
    public string Name => written.Name;

    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"values 1\n{chosen.Digest}\n{written.Digest}")));

    public Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken) =>
        answer.Metrics is null ? written.ScoreAsync(draw, answer, cancellationToken) : chosen.ScoreAsync(draw, answer, cancellationToken);
}
