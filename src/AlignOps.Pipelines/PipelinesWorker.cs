using AlignOps.Pipelines.Definitions;
using AlignOps.Pipelines.Reconciliation;
using AlignOps.Pipelines.Schedules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Pipelines;

/// <summary>Keeps the loop going: definitions stand before the process takes requests; afterwards definitions, schedules and stuck runs are looked after.</summary>
internal sealed partial class PipelinesWorker(
    DefinitionCatalog definitions,
    ScheduleHost schedules,
    Reconciler reconciler,
    IOptions<PipelinesOptions> options,
    ILogger<PipelinesWorker> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await definitions.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>One round; the first starts the scheduler.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        var standing = await definitions.RefreshAsync(cancellationToken);
        var planned = standing.ToDictionary(definition => definition.Pipeline, definition => definition.Digest is null ? null : definition.Schedule);
        await schedules.ApplyAsync(planned, cancellationToken);
        await reconciler.SweepAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await schedules.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ReconcileInterval);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogRoundFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of the pipelines' upkeep failed; the next one tries again")]
    private partial void LogRoundFailed(Exception fault);
}
