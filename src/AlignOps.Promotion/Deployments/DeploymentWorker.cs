using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Promotion.Deployments;

/// <summary>Looks at deployments often while one is under way, and now and then while none is.</summary>
internal sealed partial class DeploymentWorker(DeploymentWatch watch, DeploymentWakeUp wakeUp, IOptions<DeploymentOptions> options, ILogger<DeploymentWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var underWay = 0;
            try
            {
                underWay = await watch.LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }

            await wakeUp.WaitAsync(underWay > 0 ? options.Value.Interval : options.Value.IdleInterval, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deployments could not be looked at; the next look tries again")]
    private partial void LogFailed(Exception fault);
}
