using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Inferences;

/// <summary>Forgets answers that are too old for feedback, once an hour. The feedback itself is kept.</summary>
internal sealed partial class InferenceRetention(
    IDatabase database,
    IOptions<ServingOptions> options,
    TimeProvider clock,
    ILogger<InferenceRetention> logger) : BackgroundService
{
    public Task<int> SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(
        (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
            "delete from serving_inference where at < @before",
            new { before = (clock.GetUtcNow() - options.Value.InferenceRetention).ToUnixTimeMilliseconds() },
            work.Transaction, cancellationToken: token)),
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                LogSwept(await SweepAsync(stoppingToken));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} answers were old and are forgotten")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old answers could not be forgotten now")]
    private partial void LogFailed(Exception exception);
}
