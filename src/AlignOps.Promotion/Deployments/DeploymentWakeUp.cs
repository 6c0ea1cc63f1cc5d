namespace AlignOps.Promotion.Deployments;

/// <summary>Tells the watcher of this process that a deployment has begun; others find it at their next look.</summary>
internal sealed class DeploymentWakeUp
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Wake()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look anyway.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _signal.WaitAsync(atMost, cancellationToken);
}
