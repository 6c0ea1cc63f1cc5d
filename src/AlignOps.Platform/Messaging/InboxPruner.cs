using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>Keeps the inbox from growing for ever.</summary>
internal sealed partial class InboxPruner(IDatabase database, Inbox inbox, TimeProvider time, ILogger<InboxPruner> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await database.WriteAsync((work, token) => inbox.PruneAsync(work, Keep, token), stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The inbox was not pruned; next try in an hour")]
    private partial void LogFailed(Exception fault);
}
