using System.Text;
using AlignOps.Intake.Batches;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Intake.Rows;

/// <summary>Gathers waiting rows into batches, by count or by age.</summary>
internal sealed partial class RowsWorker(
    IDatabase database, BatchPush batches, ServedThumbs thumbs, IOptions<IntakeOptions> options, TimeProvider time, ILogger<RowsWorker> logger) : BackgroundService
{
    /// <summary>Makes the batches that are due; where a pipeline is named, one of whatever waits for it.</summary>
    /// <returns>The reports of the batches made.</returns>
    public async Task<IReadOnlyList<BatchReport>> GatherAsync(string? pipeline, CancellationToken cancellationToken)
    {
        var (now, policy) = (time.GetUtcNow().ToUnixTimeMilliseconds(), options.Value.Rows);
        var claims = await database.WriteAsync(
            (work, token) => WaitingRows.ClaimAsync(work, pipeline, now, pipeline is null ? policy.BatchRows : 1, now - (long)policy.BatchAge.TotalMilliseconds, token), cancellationToken);
        var reports = new List<BatchReport>();
        foreach (var claim in claims)
        {
            var lines = await WaitingRows.LoadAsync(database, claim, cancellationToken);
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            var result = await batches.PushAsync(new PushRequest(claim.Pipeline, $"{lines.Count} single rows", "envelope", null, claim.PushedBy, content), cancellationToken);
            if (result.Report is { } report)
            {
                await database.WriteAsync((work, token) => WaitingRows.CloseAsync(work, claim, report.BatchId, token), cancellationToken);
                reports.Add(report);
            }
            else
            {
                LogRefused(claim.Pipeline, claim.PushedBy, result.Fault!.Code, result.Fault.Sentence);
            }
        }

        return reports;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Rows.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (options.Value.Rows.FromServing)
                {
                    await thumbs.KeepAsync(null, stoppingToken);
                }

                await GatherAsync(null, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting rows of {Pipeline} by {Caller} cannot become a batch: {Code}, {Sentence}")]
    private partial void LogRefused(string pipeline, string caller, string code, string sentence);

    [LoggerMessage(Level = LogLevel.Error, Message = "Waiting rows were not gathered; the next round tries again")]
    private partial void LogFailed(Exception fault);
}
