using System.Net;
using System.Net.Sockets;
using AlignOps.Platform.Access;
using AlignOps.Platform.Hosting;

namespace AlignOps.Host.Hosting;

/// <summary>
/// Refuses to listen for other machines before a key exists, and where somebody listens already. It asks once the tables stand and before any service has
/// started, so that a refusal has nothing to take back.
/// </summary>
internal sealed class BindGuard(AccessGuard guard, HostSettings settings) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (await guard.EnsureBindableAsync([settings.Url], cancellationToken) is { } fault)
        {
            throw new StartRefusedException(fault.Code, $"{fault.Sentence} While it is up there, 'alignops key create NAME --role admin' makes one.");
        }

        Try(new Uri(settings.Url));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    private static void Try(Uri url)
    {
        if (url.Port == 0 || !IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
        {
            return;
        }

        using var listener = new TcpListener(address, url.Port);
        listener.Start();
    }
}
