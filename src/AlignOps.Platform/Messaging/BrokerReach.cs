using AlignOps.Platform.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace AlignOps.Platform.Messaging;

/// <summary>Waits at start for a broker that is still coming up, and says at once what is wrong with one that will not let us in: waiting does not change a password.</summary>
internal sealed partial class BrokerReach(PlatformOptions options, TimeProvider time, ILogger<BrokerReach> logger)
{
    private const int NotAllowed = 530;
    private const int AccessRefused = 403;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="StartRefusedException">The broker does not answer, or refuses.</exception>
    public async Task ReachAsync(CancellationToken cancellationToken)
    {
        var broker = RabbitMqAddress.Read(options.Bus!).Host;
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await ConnectAsync(options.Bus!, cancellationToken);

                // A virtual host that is not there closes the connection a moment after it has opened; a channel on it tells.
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                return;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                if (Refusal(fault) is { } refusal)
                {
                    throw new StartRefusedException("bus-refused", $"RabbitMQ at {broker.Host}:{broker.Port} {refusal}. Correct --bus, or let an administrator of the broker put it right.", fault);
                }

                if (time.GetElapsedTime(started) >= options.StartPatience)
                {
                    throw new StartRefusedException(
                        "bus-unreachable",
                        $"RabbitMQ at {broker.Host}:{broker.Port} did not take this process in ({fault.GetBaseException().Message.TrimEnd('.')}). Check that it runs and that --bus names the right host and port.",
                        fault);
                }

                LogWaiting(broker.Host, broker.Port, fault.GetBaseException().Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    /// <summary>A connection that nothing is built on, to look at the broker.</summary>
    public static Task<IConnection> ConnectAsync(string bus, CancellationToken cancellationToken)
    {
        var address = RabbitMqAddress.Read(bus);
        var virtualHost = Uri.UnescapeDataString(address.Host.AbsolutePath.TrimStart('/'));
        return new ConnectionFactory
        {
            HostName = address.Host.Host,
            Port = address.Host.Port,
            VirtualHost = virtualHost.Length > 0 ? virtualHost : "/",
            UserName = address.Username,
            Password = address.Password,
            Ssl = new SslOption { Enabled = address.Tls, ServerName = address.Host.Host },
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(5),
            ClientProvidedName = "alignops looks",
        }.CreateConnectionAsync(cancellationToken);
    }

    /// <summary>Why the broker said no, as the middle of a sentence; null for one that said nothing.</summary>
    public static string? Refusal(Exception? fault) => fault switch
    {
        null => null,
        AuthenticationFailureException => "does not know this user and password",
        OperationInterruptedException { ShutdownReason.ReplyCode: NotAllowed or AccessRefused } => "does not let this user into this virtual host, or has none of that name",
        AggregateException several => several.InnerExceptions.Select(Refusal).FirstOrDefault(refusal => refusal is not null),
        _ => Refusal(fault.InnerException),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for RabbitMQ at {Host}:{Port} ({Reason})")]
    private partial void LogWaiting(string host, int port, string reason);
}
