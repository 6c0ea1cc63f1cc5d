using System.Net.Sockets;
using AlignOps.Platform.Hosting;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Ends a process that its supervisor should start afresh: one whose bus stays half up, because this client does not always re-declare an endpoint that it
/// lost, or one with a handler that holds its delivery past its bound. A broker that is down as a whole is waited for; a restart would not help.
/// </summary>
internal sealed partial class BusWatchdog(
    BusService bus,
    HandlerWatch handlers,
    PlatformOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<BusWatchdog> logger) : BackgroundService
{
    /// <summary>What a process exits with when its supervisor should start it again.</summary>
    public const int RestartExitCode = 70;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(15);

    private long? _badSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var reason = Stalled() ?? (bus.Remembers ? await LookAtBusAsync(stoppingToken) : null);
            if (reason is not null)
            {
                LogRestart(reason);
                Environment.ExitCode = RestartExitCode;
                lifetime.StopApplication();

                // The same stall can keep the bus from stopping. What it held goes back to its queue, and what it did not finish was not committed.
                await Task.Delay(ShutdownLimit, time, CancellationToken.None);
                Environment.Exit(RestartExitCode);
            }
        }
    }

    private async Task<string?> LookAtBusAsync(CancellationToken cancellationToken)
    {
        var health = bus.CheckHealth();
        return Observe(health, health?.Status is not (null or BusHealthStatus.Healthy) && await BrokerAnswersAsync(cancellationToken));
    }

    /// <summary>What is wrong, once it has been so for too long.</summary>
    internal string? Observe(BusHealthResult? health, bool brokerAnswers)
    {
        if (health is null or { Status: BusHealthStatus.Healthy } || !brokerAnswers)
        {
            _badSince = null;
            return null;
        }

        _badSince ??= time.GetTimestamp();
        return time.GetElapsedTime(_badSince.Value) > options.BusPatience
            ? $"the bus is not whole for more than {options.BusPatience.TotalSeconds:F0} s ({health.Description})"
            : null;
    }

    /// <summary>Which handler is past its bound.</summary>
    internal string? Stalled() => handlers.Longest() is { } longest && longest.For > options.HandlerLimit
        ? $"the handler of {longest.What} holds its delivery for more than {options.HandlerLimit.TotalSeconds:F0} s"
        : null;

    private async Task<bool> BrokerAnswersAsync(CancellationToken cancellationToken)
    {
        var address = RabbitMqAddress.Read(options.Bus!).Host;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Every);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "This process ends so that it can be started afresh: {Reason}")]
    private partial void LogRestart(string reason);
}
