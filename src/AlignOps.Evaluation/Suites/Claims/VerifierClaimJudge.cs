using System.Text.Json;
using AlignOps.Data;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>Any verifier decides claims: the claim is its answer, the context its question and its <c>expect.context</c>.</summary>
internal sealed class VerifierClaimJudge(IVerifier verifier) : IClaimJudge
{
    public string Name => verifier.Name;

    public string Digest => verifier.Digest;

    public Task<ClaimSupport> SupportAsync(string context, string claim, CancellationToken cancellationToken)
    {
        var found = verifier.Verify([new ChatMessage("user", context)], claim, JsonSerializer.SerializeToElement(new { context }));
        return Task.FromResult(found.Score is { } score && double.IsFinite(score)
            ? new ClaimSupport(Math.Clamp(score, 0, 1), found.Passes, null)
            : new ClaimSupport(null, false, found.UnscoredReason ?? "The verifier gave no score."));
    }
}
