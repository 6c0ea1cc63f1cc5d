namespace AlignOps.Platform.Messaging;

/// <summary>Lets a polling loop start its next round early. A nudge that nobody waits for is kept; more than one is one.</summary>
internal sealed class WakeUp
{
    private readonly SemaphoreSlim _nudged = new(0, 1);

    public void Set()
    {
        try
        {
            _nudged.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _nudged.WaitAsync(atMost, cancellationToken);
}
