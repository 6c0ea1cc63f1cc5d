using AlignOps.Evaluation.People.Queue;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Evaluation.People.Rounds;

/// <summary>Gives back pairs that somebody took and did not answer, and closes rounds whose time is over.</summary>
internal sealed partial class RoundSweeper(IDatabase database, RoundDesk rounds, TimeProvider time, ILogger<RoundSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        IReadOnlyList<string> due;
        bool claims;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            due = await RoundStore.DueAsync(connection, now, cancellationToken);
            claims = await RoundStore.AnyClaimOverAsync(connection, now, cancellationToken);
        }

        if (claims)
        {
            await database.WriteAsync(
                async (work, token) =>
                {
                    await work.TakeTurnAsync(LabelQueue.Turn, token);
                    await LabelStore.FreeAsync(work, now, token);
                },
                cancellationToken);
        }

        foreach (var runId in due)
        {
            await database.WriteAsync(
                async (work, token) =>
                {
                    await work.TakeTurnAsync(LabelQueue.Turn, token);
                    if (await RoundStore.FindAsync(work.Connection, work.Transaction, runId, token) is { } round) await rounds.CloseAsync(work, round, token);
                },
                cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Questions for people could not be looked at; the next look tries again")]
    private partial void LogFailed(Exception fault);
}
