using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;

namespace AlignOps.Host.Hosting;

/// <summary>Refuses to listen for other machines before a key exists. It asks once the tables stand and before anything listens.</summary>
internal sealed class BindGuard(AccessGuard guard, HostSettings settings) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (await guard.EnsureBindableAsync([settings.Url], cancellationToken) is { } fault)
        {
            throw new StartRefusedException(fault.Code, $"{fault.Sentence} While it is up there, 'alignops key create NAME --role admin' makes one.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
