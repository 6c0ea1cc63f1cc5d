namespace AlignOps.Evaluation.Suites.Claims;

/// <summary>Decides whether a text supports a claim.</summary>
internal interface IClaimJudge
{
    string Name { get; }

    string Digest { get; }

    Task<ClaimSupport> SupportAsync(string context, string claim, CancellationToken cancellationToken);
}
