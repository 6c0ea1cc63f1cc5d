using Microsoft.Extensions.Hosting;

namespace AlignOps.Platform.Hosting;

/// <summary>Stands in for the loop of a service that another process hosts.</summary>
internal sealed class NoWork : IHostedService
{
    public static readonly NoWork Instance = new();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
