namespace AlignOps.Benchmarks.Proofs.Memory;

/// <summary><c>memory</c>: what training holds is what was forecast, and it does not grow.</summary>
internal sealed class MemoryProof : IProof
{
    public string Name => "memory";

    public string Claim => "10,000 steps of the small model leave resident memory flat and allocate nothing; what a training holds is within 15 % of its forecast";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (MemoryChild.Answer())
        {
            return true;
        }

        bool steady = new SteadySteps().Hold(cancellationToken);
        bool bounded = await TrainerSteps.HoldAsync(cancellationToken);
        return await ForecastTruth.HoldsAsync(cancellationToken) && steady && bounded;
    }
}
