namespace AlignOps.Serving.Policies;

internal sealed class PolicyLease(ServedPolicy policy) : IDisposable
{
    public ServedPolicy Policy { get; } = policy;

    public void Dispose() => Policy.Leave();
}
