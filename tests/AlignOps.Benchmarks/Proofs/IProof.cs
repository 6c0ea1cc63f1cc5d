namespace AlignOps.Benchmarks.Proofs;

/// <summary>A whole claim, checked on real parts. Prints what it saw.</summary>
internal interface IProof
{
    /// <summary>The name after <c>prove</c>, such as <c>loop.story</c>.</summary>
    string Name { get; }

    /// <summary>The claim in one sentence.</summary>
    string Claim { get; }

    /// <summary>True when the claim holds.</summary>
    Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken);
}
