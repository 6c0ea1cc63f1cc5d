using System.Net.Sockets;
using AlignOps.Platform.Hosting;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Messaging;

/// <summary>
/// Ends a process whose bus stays half up: this client does not always re-declare an endpoint that it lost, and only a restart does. A broker that is
/// down as a whole is waited for; a restart would not help.
/// </summary>
internal sealed partial class BusWatchdog(
    BusService bus,
    PlatformOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<BusWatchdog> logger) : BackgroundService
{
    /// <summary>What a process exits with when its supervisor should start it again.</summary>
    public const int RestartExitCode = 70;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(30);

    private long? _badSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!bus.Remembers)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Observe(bus.CheckHealth(), await BrokerAnswersAsync(stoppingToken)) is { } reason)
            {
                LogRestart(reason, Limit);
                Environment.ExitCode = RestartExitCode;
                lifetime.StopApplication();

                // The same stall can keep the bus from stopping.
                await Task.Delay(ShutdownLimit, time, CancellationToken.None);
                Environment.Exit(RestartExitCode);
            }
        }
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
        return time.GetElapsedTime(_badSince.Value) > Limit ? health.Description : null;
    }

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

    [LoggerMessage(Level = LogLevel.Critical, Message = "The bus is not whole ({Reason}) for more than {Limit}; this process ends so that it can be started afresh")]
    private partial void LogRestart(string reason, TimeSpan limit);
}
