namespace AlignOps.Rewards;

/// <summary>A verifier's score as a reward.</summary>
public sealed class VerifierReward(IVerifier verifier) : IReward
{
    public string Name => verifier.Name;

    public string Digest => verifier.Digest;

    public IReadOnlyList<double?> Rate(IReadOnlyList<RatedAnswer> answers) => [.. answers.Select(a => verifier.Verify(a.Prompt, a.Answer).Score)];

    public void Dispose()
    {
    }
}
