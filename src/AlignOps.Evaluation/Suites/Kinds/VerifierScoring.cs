using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.Answers;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>A verifier scores each answer.</summary>
internal sealed class VerifierScoring(IVerifier verifier) : ISuiteScoring
{
    public string Name => verifier.Name;

    public string Digest => verifier.Digest;

    public IReadOnlyList<string>? Guards => verifier.Guards;

    public Task<EvidenceAnswer> ScoreAsync(Draw draw, ModelAnswer answer, CancellationToken cancellationToken)
    {
        var found = verifier.Verify(draw.Item.Conversation(answer.Earlier ?? []), answer.Text, draw.Item.Expect);
        var score = found.Score is { } value && double.IsFinite(value) ? Math.Clamp(value, 0, 1) : (double?)null;
        var reason = score is null ? found.UnscoredReason ?? "The verifier gave no score." : null;
        return Task.FromResult(new EvidenceAnswer(
            answer.Text, answer.Cut, score, score is not null && found.Passes, new SortedDictionary<string, bool>(found.Checks.ToDictionary(), StringComparer.Ordinal), reason) { Earlier = answer.Earlier, Note = found.Note });
    }
}
