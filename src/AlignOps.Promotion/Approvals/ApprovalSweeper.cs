using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Promotion.Approvals;

/// <summary>Ends requests for approval that nobody can answer any more, so that the pipeline's next run does not wait for them.</summary>
internal sealed partial class ApprovalSweeper(IDatabase database, ApprovalDesk desk, TimeProvider time, ILogger<ApprovalSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> lapsed;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            lapsed = await ApprovalStore.LapsedAsync(connection, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
        }

        foreach (var runId in lapsed)
        {
            await database.WriteAsync((work, token) => desk.LapseAsync(work, runId, token), cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests for approval could not be looked at; the next look tries again")]
    private partial void LogFailed(Exception fault);
}
